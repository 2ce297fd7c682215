export { journey } from './journey.ts'
