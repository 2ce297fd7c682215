import { canvas } from '../canvas/texts.ts'
import { fields } from '../fields/texts.ts'
import { journeys } from '../journeys/texts.ts'
import { session } from '../session/texts.ts'
import { shell } from '../shell/texts.ts'
import { ui } from '../ui/texts.ts'

/** Every area of the interface; each folder keeps its own texts. */
export const areas = { shell, ui, session, journeys, canvas, fields }

export type Areas = typeof areas
