export { arbitraryCustomer, arbitraryGraph, type Parts, sampleCatalogue, sampleParts } from './arbitraries.ts'
export { arbitraryCondition, arbitraryFact, arbitraryLeaf, arbitraryValue } from './condition/arbitraries.ts'
export { sampleKinds } from './sample-kinds.ts'
