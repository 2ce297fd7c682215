export { type NodeSketch, orderGraph, sketchGraph } from './graphs.ts'
export { LegsByHand } from './legs-by-hand.ts'
export { freshNamespace } from './namespace.ts'
export { type CustomerSketch, type EventSketch, type SeenEnrollment, until, World } from './world.ts'
