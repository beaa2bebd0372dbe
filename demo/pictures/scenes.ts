/** The pictures of the demo, as drawings made for it, so no rights need clearing. */
import {
  clouds,
  disc,
  ferry,
  gulls,
  hills,
  houses,
  lanterns,
  lighthouse,
  rain,
  type Random,
  seeded,
  sky,
  stalls,
  water,
} from './shapes.ts'

interface Scene {
  readonly width: number
  readonly height: number
  /** PNG keeps what is transparent. */
  readonly format: 'jpeg' | 'png'
  readonly draw: (random: Random) => string
}

const wide = (draw: Scene['draw']): Scene => ({width: 2400, height: 1600, format: 'jpeg', draw})

const WALLS = ['#d98e73', '#e9c46a', '#8fb8a8', '#e8e1d3', '#a9bcd0', '#c97b84'] as const
const DARK_WALLS = ['#3d3552', '#473a4f', '#2f3a55', '#4a3f3f'] as const

/** A person from the chest up. */
const PERSON =
  '<rect width="1200" height="1600" fill="#9fb7c4"/><path d="M 150 1600 Q 190 1080 600 1060 Q 1010 1080 1050 1600 Z" fill="#274060"/><path d="M 480 1090 L 600 1240 L 720 1090 Z" fill="#f5efe6"/><rect x="510" y="880" width="180" height="230" rx="70" fill="#c98f6b"/><ellipse cx="600" cy="680" rx="250" ry="310" fill="#dca37c"/><path d="M 340 690 Q 320 330 620 330 Q 890 340 862 700 Q 820 520 640 500 Q 420 500 340 690 Z" fill="#4a2f24"/><circle cx="510" cy="690" r="22"/><circle cx="690" cy="690" r="22"/><path d="M 510 830 Q 600 900 690 830" fill="none" stroke="#7c3f35" stroke-width="18" stroke-linecap="round"/>'

/** An anchor in a ring, on nothing. */
const ANCHOR =
  '<circle cx="600" cy="600" r="520" fill="none" stroke="#1f4e79" stroke-width="60"/><g fill="none" stroke="#1f4e79" stroke-width="64" stroke-linecap="round"><circle cx="600" cy="330" r="70"/><path d="M 600 400 V 900 M 430 520 H 770 M 310 700 Q 350 910 600 910 Q 850 910 890 700"/></g>'

const SCENES = {
  ferry: wide(
    (random) =>
      `${sky('#5fa8d3', '#dceefb')}${disc(420, 330, 90, '#fff3c4')}${clouds(random, 2400, 7, '#ffffff')}${hills(random, 2400, 930, 260, '#7f9f86')}${houses(random, [1650, 2400], 960, WALLS, 0)}${water(random, 2400, [940, 1600], ['#2d6f95', '#bfe3f2'])}${ferry(560, 1210, 1.15)}${gulls(random, 2300, 9)}`,
  ),
  lighthouse: wide(
    (random) =>
      `${sky('#33294f', '#f0a27a')}${clouds(random, 2400, 5, '#f7c6a8')}${lighthouse(1780, 1130, 720, '#ffe9a8')}${water(random, 2400, [1010, 1600], ['#3a3f63', '#f2b48f'])}${hills(random, 2400, 1180, 130, '#2a2438')}<path d="M 1350 1300 Q 1500 1060 1790 1100 Q 2150 1090 2400 1220 V 1600 H 1300 Z" fill="#241f2f"/>`,
  ),
  storm: wide(
    (random) =>
      `${sky('#2e3742', '#7d8a94')}${clouds(random, 2400, 16, '#4a5560')}${hills(random, 2400, 900, 200, '#3b454d')}${lighthouse(420, 960, 430)}${water(random, 2400, [900, 1600], ['#33505f', '#d7e4ea'])}<path d="M 0 1390 Q 250 1080 520 1290 T 1100 1270 T 1700 1300 T 2400 1180 V 1600 H 0 Z" fill="#27404d"/><path d="M 0 1390 Q 250 1080 520 1290 T 1100 1270 T 1700 1300 T 2400 1180" fill="none" stroke="#e9f2f5" stroke-width="22"/>${rain(random, 2400, 1600)}`,
  ),
  harbour: wide(
    (random) =>
      `${sky('#f3b562', '#fde8c9')}${disc(1700, 640, 150, '#fff4d6')}${hills(random, 2400, 930, 330, '#c98b6b')}${houses(random, [0, 1200], 960, WALLS, 0.1)}${water(random, 2400, [950, 1600], ['#b9805a', '#fff0d0'])}${ferry(1500, 1120, 0.5)}${gulls(random, 2300, 5)}`,
  ),
  market: wide(
    (random) =>
      `${sky('#141433', '#3c2a56')}${disc(2010, 260, 80, '#f6efd2')}${houses(random, [0, 2400], 1090, DARK_WALLS, 0.6)}<rect y="1090" width="2400" height="510" fill="#2a2030"/>${lanterns(2400, 330, '#ff9a4d')}${stalls(2400, 1420, ['#b8322a', '#2a7f62', '#2f5d9b'])}`,
  ),
  townHall: wide(
    (random) =>
      `${sky('#9cc4dd', '#eef5f8')}${clouds(random, 2400, 6, '#ffffff')}<rect y="1230" width="2400" height="370" fill="#b7ae9c"/>${houses(random, [-40, 700], 1240, WALLS, 0)}${houses(random, [1730, 2400], 1240, WALLS, 0)}<rect x="700" y="700" width="1000" height="540" fill="#e7dcc4"/><path d="M 660 700 L 1200 430 L 1740 700 Z" fill="#cdbf9f"/><g fill="#d8cbaa">${Array.from({length: 6}, (_, index) => `<rect x="${770 + index * 158}" y="720" width="70" height="520"/>`).join('')}</g><rect x="1120" y="230" width="160" height="250" fill="#e7dcc4"/><circle cx="1200" cy="330" r="56" fill="#fff" stroke="#444" stroke-width="8"/><path d="M 1200 330 V 290 M 1200 330 H 1232" stroke="#444" stroke-width="8"/><path d="M 1100 230 L 1200 110 L 1300 230 Z" fill="#5f7d6b"/>`,
  ),
  portrait: {width: 1200, height: 1600, format: 'jpeg', draw: () => PERSON},
  panorama: {
    width: 4800,
    height: 1200,
    format: 'jpeg',
    draw: (random) =>
      `${sky('#6fb1d6', '#e6f3fa')}${clouds(random, 4800, 12, '#ffffff')}${hills(random, 4800, 720, 300, '#86a58d')}${houses(random, [300, 2700], 740, WALLS, 0)}${lighthouse(4150, 760, 440)}${water(random, 4800, [720, 1200], ['#33779b', '#c4e5f3'])}${ferry(2900, 900, 0.62)}${ferry(800, 1010, 0.36)}`,
  },
  anchor: {width: 1200, height: 1200, format: 'png', draw: () => ANCHOR},
} as const satisfies Readonly<Record<string, Scene>>

export type PictureName = keyof typeof SCENES

const isPictureName = (name: string): name is PictureName => name in SCENES

export const PICTURE_NAMES: readonly PictureName[] = Object.keys(SCENES).filter(isPictureName)

/** A picture as an SVG document, and the format to store it in. */
export const sceneOf = (name: PictureName): {svg: string; format: Scene['format']} => {
  const {width, height, format, draw}: Scene = SCENES[name]
  const content = draw(seeded(PICTURE_NAMES.indexOf(name) * 7919 + 17))
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${content}</svg>`
  return {svg, format}
}
