/** Turns a drawing into the kind of file that photographers send. */
import sharp from 'sharp'

import {type PictureName, sceneOf} from './scenes.ts'

/** A picture of the demo as a JPEG or PNG file. */
export const drawPicture = async (name: PictureName): Promise<Buffer> => {
  const {svg, format} = sceneOf(name)
  const picture = sharp(Buffer.from(svg))
  return format === 'png' ? picture.png().toBuffer() : picture.jpeg({quality: 80}).toBuffer()
}
