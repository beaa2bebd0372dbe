/**
 * Draws lines over a logarithmic axis of sizes as SVG, without a library; the reader only needs to
 * see whether a line rises.
 */
export interface Line {
  readonly name: string
  readonly points: readonly {readonly x: number; readonly y: number}[]
}

const WIDTH = 790
const HEIGHT = 420
const LEFT = 100
const RIGHT = 210
const TOP = 46
const BOTTOM = 50
const COLOURS = [
  '#0b6e99',
  '#d9730d',
  '#0f7b6c',
  '#ad1a72',
  '#6940a5',
  '#64473a',
  '#dfab01',
  '#e03e3e',
]

/** @param lines Positive coordinates only; both axes are logarithmic. */
export const plot = (
  title: string,
  xLabel: string,
  yLabel: string,
  lines: readonly Line[],
): string => {
  const all = lines.flatMap(({points}) => points)
  const x = axis(
    all.map((point) => point.x),
    LEFT,
    WIDTH - RIGHT,
  )
  const y = axis(
    all.map((point) => point.y),
    HEIGHT - BOTTOM,
    TOP,
  )
  const grid = [
    ...x.ticks.map(
      (tick) =>
        `<line x1="${x.at(tick)}" y1="${TOP}" x2="${x.at(tick)}" y2="${HEIGHT - BOTTOM}" class="grid"/>` +
        `<text x="${x.at(tick)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${tick.toLocaleString('en')}</text>`,
    ),
    ...y.ticks.map(
      (tick) =>
        `<line x1="${LEFT}" y1="${y.at(tick)}" x2="${WIDTH - RIGHT}" y2="${y.at(tick)}" class="grid"/>` +
        `<text x="${LEFT - 8}" y="${y.at(tick) + 4}" text-anchor="end">${tick.toLocaleString('en')}</text>`,
    ),
  ]
  const drawn = lines.map(({name, points}, index) => {
    const colour = COLOURS[index % COLOURS.length] ?? '#000'
    const path = points.map((point) => `${x.at(point.x)},${y.at(point.y)}`).join(' ')
    const labelY = TOP + 14 + index * 20
    // After all colours have been used once, lines are dashed.
    const dashes = index < COLOURS.length ? '' : ' stroke-dasharray="6 4"'
    const stroke = `fill="none" stroke="${colour}" stroke-width="2"${dashes}`
    return (
      `<polyline points="${path}" ${stroke}/>` +
      points
        .map(
          (point) => `<circle cx="${x.at(point.x)}" cy="${y.at(point.y)}" r="3" fill="${colour}"/>`,
        )
        .join('') +
      `<path d="M${WIDTH - RIGHT + 12} ${labelY - 7}h22" ${stroke}/>` +
      `<text x="${WIDTH - RIGHT + 42}" y="${labelY - 3}">${escape(name)}</text>`
    )
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escape(title)}">`,
    '<style>text{font:12px system-ui,sans-serif;fill:#37352f}.grid{stroke:#e3e2e0}.title{font-size:15px;font-weight:600}</style>',
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${LEFT}" y="26" class="title">${escape(title)}</text>`,
    ...grid,
    ...drawn,
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 10}" text-anchor="middle">${escape(xLabel)}</text>`,
    `<text transform="translate(18 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">${escape(yLabel)}</text>`,
    '</svg>',
    '',
  ].join('\n')
}

const axis = (
  values: readonly number[],
  start: number,
  end: number,
): {readonly ticks: readonly number[]; at(value: number): number} => {
  const low = Math.floor(Math.log10(Math.min(...values)))
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))))
  return {
    ticks: Array.from({length: high - low + 1}, (_, index) => 10 ** (low + index)),
    at: (value) =>
      Math.round((start + ((Math.log10(value) - low) / (high - low)) * (end - start)) * 10) / 10,
  }
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
