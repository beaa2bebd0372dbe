/** The “Preview” tab: the page and its styles. */
import {styled} from 'styled-components'

/** The Studio’s font stack: `system-ui` alone is a wide font on some machines. */
const plain = `Inter, -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue',
  'Liberation Sans', Helvetica, Arial, system-ui, sans-serif`

/** A plain page at a reading width: editors check the text here, not the site’s design. */
export const Page = styled.div`
  max-width: 40rem;
  margin: 0 auto;
  padding: 2rem 1.25rem 4rem;
  font:
    1.0625rem/1.6 Georgia,
    'Times New Roman',
    serif;
  color: var(--card-fg-color);

  p {
    margin: 0 0 1em;
  }
  h1 {
    font-size: 2rem;
    line-height: 1.15;
    margin: 0 0 0.75rem;
  }
  .kicker,
  .byline,
  figcaption,
  footer {
    font-family: ${plain};
    font-size: 0.875rem;
    color: var(--card-muted-fg-color);
  }
  .kicker {
    text-transform: uppercase;
    letter-spacing: 0.05em;
    margin: 0 0 0.5rem;
  }
  .standfirst {
    font-size: 1.25rem;
    line-height: 1.4;
    margin: 0 0 1rem;
  }
  figure {
    margin: 1.5rem 0;
  }
  img {
    display: block;
    width: 100%;
    height: auto;
  }
  figcaption {
    margin-top: 0.375rem;
  }
  .missing {
    display: grid;
    place-items: center;
    min-height: 6rem;
    border: 1px dashed var(--card-border-color);
    font: 0.875rem ${plain};
    color: var(--card-muted-fg-color);
  }
  .credits :is(ol, ul),
  .gallery ul {
    margin: 0;
    padding: 0 0 0 1.25em;
  }
  .gallery ul {
    list-style: none;
    padding: 0;
  }
  .table {
    overflow-x: auto;
  }
  th,
  td {
    padding: 0.25em 0.75em 0.25em 0;
    text-align: start;
    vertical-align: top;
  }
  h2 {
    font-size: 1.25rem;
    margin: 1.5rem 0 0.5rem;
  }
  .dates,
  .labels,
  .kind {
    font-family: ${plain};
    font-size: 0.875rem;
    color: var(--card-muted-fg-color);
    margin: 0;
  }
  .caption + .credit::before {
    content: '· ';
  }
  .facts,
  .correction {
    margin: 1.5rem 0;
    padding: 0.25rem 1rem;
    border-left: 3px solid var(--card-border-color);
  }
  blockquote {
    margin: 1.5rem 0;
    padding-left: 1rem;
    border-left: 3px solid currentColor;
  }
  .pull blockquote {
    font-size: 1.5rem;
    line-height: 1.3;
  }
  .quotation {
    background: color-mix(in srgb, currentColor 7%, transparent);
  }
  .source {
    border-bottom: 1px dotted currentColor;
  }
  a {
    color: var(--card-link-color);
  }
`
