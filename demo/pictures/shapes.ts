/** What the demo's pictures are made of: sky, water, houses and boats as pieces of SVG. */

/** A number from 0 to 1; the same numbers in each run, so that a picture never changes. */
export type Random = () => number

/** @param seed of one picture */
export const seeded = (seed: number): Random => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const times = (count: number, draw: (index: number) => string): string =>
  Array.from({length: count}, (_, index) => draw(index)).join('')

const between = (random: Random, low: number, high: number): number =>
  Math.round(low + random() * (high - low))

/** A sky that fades from one colour into another, over the whole picture. */
export const sky = (top: string, bottom: string): string =>
  `<defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="${top}"/><stop offset="0.7" stop-color="${bottom}"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#sky)"/>`

export const disc = (x: number, y: number, size: number, colour: string): string =>
  `<circle cx="${x}" cy="${y}" r="${size * 2.2}" fill="${colour}" opacity="0.18"/><circle cx="${x}" cy="${y}" r="${size}" fill="${colour}"/>`

/** Soft clouds, most of them near the top. */
export const clouds = (random: Random, width: number, count: number, colour: string): string =>
  times(count, () => {
    const [x, y] = [between(random, 0, width), between(random, 80, 560)]
    const puffs = times(
      5,
      (index) =>
        `<ellipse cx="${x + index * 85}" cy="${y + between(random, -28, 28)}" rx="${between(random, 90, 170)}" ry="${between(random, 34, 62)}"/>`,
    )
    return `<g fill="${colour}" opacity="0.55">${puffs}</g>`
  })

/** A line of hills whose feet are at `y`. */
export const hills = (
  random: Random,
  width: number,
  y: number,
  height: number,
  colour: string,
): string => {
  const step = width / 6
  const tops = times(
    7,
    (index) =>
      ` S ${index * step - step / 2} ${y - between(random, height / 2, height)} ${index * step} ${y - between(random, height / 4, height)}`,
  )
  return `<path d="M ${-step} ${y}${tops} L ${width} ${y} Z" fill="${colour}"/>`
}

/** Water from `y` down, with waves that are longer the nearer they are. */
export const water = (
  random: Random,
  width: number,
  [y, bottom]: readonly [number, number],
  [colour, light]: readonly [string, string],
): string => {
  const waves = times(190, () => {
    const depth = random() ** 1.6
    const at = y + 14 + depth * (bottom - y)
    const length = 30 + depth * 240
    return `<rect x="${between(random, -100, width)}" y="${Math.round(at)}" width="${Math.round(length)}" height="${Math.round(2 + depth * 9)}" rx="4" opacity="${(0.15 + random() * 0.35).toFixed(2)}"/>`
  })
  return `<rect y="${y}" width="${width}" height="${bottom - y}" fill="${colour}"/><g fill="${light}">${waves}</g>`
}

/** A row of houses on the ground at `y`. @param lit the share of windows with a light */
export const houses = (
  random: Random,
  [from, to]: readonly [number, number],
  y: number,
  walls: readonly string[],
  lit: number,
): string => {
  let row = ''
  for (let x = from; x < to;) {
    const width = between(random, 130, 210)
    const height = between(random, 230, 420)
    const wall = walls[Math.floor(random() * walls.length)] ?? '#ccc'
    const windows = times(Math.floor(height / 105) * 2, (index) => {
      const left = x + 26 + (index % 2) * (width - 92)
      const top = y - height + 36 + Math.floor(index / 2) * 95
      return `<rect x="${left}" y="${top}" width="40" height="54" fill="${random() < lit ? '#ffd98a' : '#2c3e50'}"/>`
    })
    row += `<rect x="${x}" y="${y - height}" width="${width}" height="${height}" fill="${wall}"/><path d="M ${x - 10} ${y - height} L ${x + width / 2} ${y - height - 95} L ${x + width + 10} ${y - height} Z" fill="#5b3a34"/>${windows}`
    x += width + 6
  }
  return row
}

/** A ferry whose waterline begins at x, y; about 1000 wide at scale 1. */
export const ferry = (x: number, y: number, scale: number): string => {
  const windows = times(
    11,
    (index) => `<rect x="${150 + index * 62}" y="-214" width="38" height="34" rx="6"/>`,
  )
  return `<g transform="translate(${x} ${y}) scale(${scale})"><path d="M 0 -120 L 1000 -120 L 925 0 L 75 0 Z" fill="#1f4e79"/><rect x="75" y="-34" width="850" height="34" fill="#9c2b2b"/><rect x="110" y="-240" width="760" height="120" fill="#f7f4ec"/><rect x="230" y="-330" width="420" height="90" fill="#ece6d8"/><g fill="#35506b">${windows}<rect x="265" y="-302" width="350" height="36"/></g><rect x="690" y="-400" width="90" height="160" fill="#c8442f"/><rect x="690" y="-370" width="90" height="34" fill="#f7f4ec"/><path d="M 150 -240 V -450" stroke="#444" stroke-width="10"/><path d="M 150 -450 L 245 -420 L 150 -390 Z" fill="#e0b13c"/></g>`
}

/** A lighthouse with its foot at x, y. @param light the colour of its beam, or null by day */
export const lighthouse = (
  x: number,
  y: number,
  height: number,
  light: string | null = null,
): string => {
  const bands = times(4, (index) => {
    const top = y - height + (index * 2 + 1) * (height / 8)
    return `<rect x="${x - 75}" y="${top}" width="150" height="${height / 9}" fill="#b8322a"/>`
  })
  const beam =
    light === null
      ? ''
      : `<path d="M ${x} ${y - height - 60} L ${x - 2200} ${y - height - 420} L ${x - 2200} ${y - height + 230} Z" fill="${light}" opacity="0.35"/>`
  return `${beam}<defs><clipPath id="tower"><path d="M ${x - 75} ${y} L ${x - 45} ${y - height} L ${x + 45} ${y - height} L ${x + 75} ${y} Z"/></clipPath></defs><g clip-path="url(#tower)"><rect x="${x - 80}" y="${y - height}" width="160" height="${height}" fill="#f4efe6"/>${bands}</g><rect x="${x - 62}" y="${y - height - 22}" width="124" height="22" fill="#333"/><rect x="${x - 34}" y="${y - height - 100}" width="68" height="78" fill="${light ?? '#cfe3ee'}"/><path d="M ${x - 48} ${y - height - 100} L ${x} ${y - height - 155} L ${x + 48} ${y - height - 100} Z" fill="#b8322a"/>`
}

export const gulls = (random: Random, width: number, count: number): string =>
  times(count, () => {
    const [x, y, size] = [
      between(random, 100, width),
      between(random, 150, 620),
      between(random, 18, 44),
    ]
    return `<path d="M ${x - size * 2} ${y} Q ${x - size} ${y - size} ${x} ${y} Q ${x + size} ${y - size} ${x + size * 2} ${y}" fill="none" stroke="#f5f5f0" stroke-width="7"/>`
  })

export const rain = (random: Random, width: number, height: number): string =>
  `<g stroke="#dbe6ee" stroke-width="3" opacity="0.4">${times(420, () => {
    const [x, y] = [between(random, 0, width + 200), between(random, 0, height)]
    return `<path d="M ${x} ${y} l -34 92"/>`
  })}</g>`

/** Market stalls with striped roofs, on the ground at `y`. */
export const stalls = (width: number, y: number, colours: readonly string[]): string =>
  times(Math.ceil(width / 460), (index) => {
    const x = 60 + index * 460
    const colour = colours[index % colours.length] ?? '#c33'
    const stripes = times(
      6,
      (stripe) =>
        `<path d="M ${x + stripe * 62} ${y - 330} h 62 v 80 a 31 26 0 0 1 -62 0 Z" fill="${stripe % 2 === 0 ? colour : '#f8ecd4'}"/>`,
    )
    return `<rect x="${x + 10}" y="${y - 250}" width="352" height="150" fill="#ffcf7a" opacity="0.85"/><rect x="${x}" y="${y - 120}" width="372" height="120" fill="#5a3b2a"/>${stripes}<g fill="#2b2230"><circle cx="${x + 180}" cy="${y - 205}" r="30"/><path d="M ${x + 130} ${y - 120} q 50 -105 100 0 Z"/></g>`
  })

/** Strings of lanterns between the sides of the picture. */
export const lanterns = (width: number, y: number, colour: string): string =>
  `<path d="M 0 ${y} Q ${width / 2} ${y + 220} ${width} ${y}" fill="none" stroke="#222" stroke-width="6"/>${times(
    15,
    (index) => {
      const share = (index + 0.5) / 15
      const at = y + 440 * share * (1 - share)
      return `<circle cx="${share * width}" cy="${at + 42}" r="84" fill="${colour}" opacity="0.2"/><ellipse cx="${share * width}" cy="${at + 42}" rx="34" ry="42" fill="${colour}"/>`
    },
  )}`
