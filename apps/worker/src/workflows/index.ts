export { importFile as import } from './import.ts'
export { journey } from './journey.ts'
