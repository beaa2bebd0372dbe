/** The parts of a page around the body of a story, as views. */
export {bylineView} from './byline.ts'
export {cardView} from './card.ts'
export {correctionViews} from './corrections.ts'
export {creditsView} from './credits.ts'
export {datesView, timeView} from './dates.ts'
export {headViews} from './head.ts'
export {labelsView} from './labels.ts'
export {storyView} from './story.ts'
