/** Headlines carry no full stop; an ellipsis or an initialism such as “U.S.” may end one. */
export const noFullStop = (value: string | undefined) =>
  value === undefined ||
  !/[^.\s]\.$/.test(value) ||
  /\.[^.\s]\.$/.test(value) ||
  'Headlines end without a full stop: remove it.'
