/** Links of Markdown texts: what may be opened, and CloudWatch's own button notation. */

export type MarkdownLink =
  | { kind: 'web'; url: string; button: boolean; primary: boolean }
  | { kind: 'inert'; text: string; button: boolean };

/** Marks a link that was written as a button; no address of a file begins like it. */
const BUTTON = 'nightdesk-button:';
const PRIMARY = 'nightdesk-primary:';

/**
 * `[button:Title](url)` and `[button:primary:Title](url)` of CloudWatch as ordinary links with a mark.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/add_remove_text_dashboard.html
 */
export function buttonsAsLinks(markdown: string): string {
  return markdown.replace(
    /\[button:(primary:)?([^\]\n]{1,300})\]\(([^)\s]{1,4000})\)/g,
    (_, primary: string | undefined, title: string, url: string) =>
      `[${title.trim()}](${primary === undefined ? BUTTON : PRIMARY}${url})`,
  );
}

/** https leaves through the system's browser; `#/…` is AWS's own console, which is not here; the rest is inert. */
export function linkOf(href: string): MarkdownLink {
  const primary = href.startsWith(PRIMARY);
  const button = primary || href.startsWith(BUTTON);
  const address = button ? href.slice((primary ? PRIMARY : BUTTON).length) : href;
  if (address.length > 4_096 || !/^https:\/\//i.test(address) || !URL.canParse(address)) {
    return { kind: 'inert', text: address, button };
  }
  const url = new URL(address);
  // A name before the host makes a link look as if it led elsewhere.
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    return { kind: 'inert', text: address, button };
  }
  return { kind: 'web', url: url.href, button, primary };
}
