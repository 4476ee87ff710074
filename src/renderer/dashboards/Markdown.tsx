/** Markdown of dashboard files: text, links, lists and tables. No HTML, no images, nothing that runs or loads. */
import { memo } from 'react';
import type { ReactNode } from 'react';
import ReactMarkdown from 'react-markdown';
import type { Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { safeMultiline, safeText } from '../ui/safe-text';
import { openLink } from './actions';
import { buttonsAsLinks, linkOf } from './markdown-links';
import classes from './markdown.module.css';

const plugins = [remarkGfm];

/** A link only ever leaves through the system's browser, and only when it is https. */
function Link({ href, children }: { href: string | undefined; children: ReactNode }) {
  const link = linkOf(href ?? '');
  switch (link.kind) {
    case 'web':
      return (
        <a
          href={link.url}
          className={link.button ? classes['button'] : undefined}
          data-primary={link.primary}
          title={safeText(link.url)}
          onClick={(event) => {
            event.preventDefault();
            openLink(link.url);
          }}
          onAuxClick={(event) => event.preventDefault()}
        >
          {children}
        </a>
      );
    case 'inert':
      return (
        <span
          className={link.button ? classes['button'] : classes['inert']}
          data-inert
          title={`Not opened: ${safeText(link.text)}`}
        >
          {children}
        </span>
      );
  }
}

const components: Components = {
  a: ({ href, children }) => <Link href={href}>{children}</Link>,
  // An image would tell its server who looks: it is named and linked instead.
  img: ({ src, alt }) => (
    <Link href={typeof src === 'string' ? src : ''}>
      Image{alt === undefined || alt === '' ? '' : `: ${safeText(alt)}`}
    </Link>
  ),
  input: ({ checked }) => <span aria-hidden>{checked === true ? '☑ ' : '☐ '}</span>,
  h1: ({ children }) => <h3 data-level="1">{children}</h3>,
  h2: ({ children }) => <h3 data-level="2">{children}</h3>,
  h3: ({ children }) => <h4>{children}</h4>,
};

export const Markdown = memo(function Markdown({ text }: { text: string }) {
  return (
    <div className={classes['text']}>
      <ReactMarkdown
        remarkPlugins={plugins}
        skipHtml
        urlTransform={(url) => url}
        components={components}
      >
        {buttonsAsLinks(safeMultiline(text))}
      </ReactMarkdown>
    </div>
  );
});
