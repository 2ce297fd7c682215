import { defineArea } from '../i18n/area.ts'
import { importsEn } from './texts-en.ts'
import { importsRu } from './texts-ru.ts'

export const imports = defineArea(importsEn, importsRu)
