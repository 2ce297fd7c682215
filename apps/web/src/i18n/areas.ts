import { canvas } from '../canvas/texts.ts'
import { customers } from '../customers/texts.ts'
import { fields } from '../fields/texts.ts'
import { imports } from '../imports/texts.ts'
import { journeys } from '../journeys/texts.ts'
import { lists } from '../lists/texts.ts'
import { mailbox } from '../mailbox/texts.ts'
import { replay } from '../replay/texts.ts'
import { session } from '../session/texts.ts'
import { audit } from '../settings/audit-texts.ts'
import { settings } from '../settings/texts.ts'
import { shell } from '../shell/texts.ts'
import { templates } from '../templates/texts.ts'
import { ui } from '../ui/texts.ts'

/** Every area of the interface; each folder keeps its own texts. */
export const areas = {
  shell,
  ui,
  session,
  journeys,
  canvas,
  fields,
  customers,
  replay,
  lists,
  mailbox,
  imports,
  templates,
  settings,
  audit,
}

export type Areas = typeof areas
