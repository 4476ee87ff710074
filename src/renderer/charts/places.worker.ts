/** Runs the reduction beside the window. */
import type { PlacesJob } from './place-messages';
import { placesOfJob } from './places-of-job';

self.addEventListener('message', (event: MessageEvent<PlacesJob>) => {
  const answer = placesOfJob(event.data);
  self.postMessage(answer, { transfer: [answer.places.buffer, answer.ends.buffer] });
});
