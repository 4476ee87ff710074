// Painted: the frame after the first one that held the text.
requestAnimationFrame(() =>
  requestAnimationFrame(() => {
    performance.mark('nightdesk:list-painted');
    document.documentElement.dataset.ready = 'true';
  }),
);
