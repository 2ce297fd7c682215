export { emailFrom } from './email-address.ts'
export {
  type Format,
  formatShape,
  type Mapping,
  mappingShape,
  paces,
  type StoredFormat,
  storedFormatShape,
  timeFormats,
} from './format.ts'
export { type Mapped, type MappedRow, makesAddresses, mapRow, rowTest } from './map-row.ts'
export { whyNotSoMany } from './no-table.ts'
export { type RowError, rowError } from './row-error.ts'
export { type Place, type Row, readRows } from './rows.ts'
export { describeColumns, sniff } from './sniff.ts'
export { swallowedLines } from './swallowed.ts'
export { unknownColumns, unknownColumnsSentence } from './unknown-columns.ts'
