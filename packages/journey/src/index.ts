export { type Activation, type Advanced, advance, fuel } from './advance.ts'
export { bucketOf, canonicalJson, hashOf, sha256Hex } from './canonical.ts'
export { type CompressedClock, realAt, virtualAt } from './clock.ts'
export type { Alternative, Command, CustomerChanges, Decision, SendRequest } from './command.ts'
export { compile } from './compile.ts'
export { type ConditionFault, checkCondition } from './condition/check.ts'
export {
  type ConditionTrace,
  combine,
  type Evaluate,
  evaluateCondition,
  evaluateDirectly,
  type GroupTrace,
  type LeafTrace,
  type ReadFact,
  type Truth,
} from './condition/evaluate.ts'
export {
  type ConditionScope,
  type FactId,
  factById,
  factSubject,
  facts,
  type ParamKind,
} from './condition/facts.ts'
export { implies, isAlwaysTrue, isImpossible } from './condition/imply.ts'
export {
  type OperandKind,
  type OperatorId,
  operatorById,
  operators,
  operatorsFor,
  printOperand,
} from './condition/operators.ts'
export {
  type Comparand,
  type Condition,
  conditionSchema,
  type FactRef,
  isFactRef,
  isLeaf,
  type Leaf,
  leavesOf,
  maxDepth,
  maxLeaves,
  membersOf,
} from './condition/schema.ts'
export { conditionSentence, leafSentence, leafTraceSentence, traceSentences } from './condition/sentence.ts'
export { decide, type KnownFacts } from './decide.ts'
export {
  type DurationUnit,
  durationInWords,
  durationMs,
  durationSchema,
  durationUnits,
  lastInWords,
  parseDuration,
} from './duration.ts'
export {
  type BlockingCommand,
  type End,
  type EnrollmentState,
  type Identity,
  type Input,
  type LeaveReason,
  newEnrollment,
  type Pending,
  type Step,
} from './enrollment.ts'
export {
  type ExitRule,
  emptyGraph,
  exitRuleSchema,
  type Graph,
  type GraphEdge,
  type GraphNode,
  graphEdgeSchema,
  graphNodeSchema,
  graphSchema,
  type JourneySettings,
  journeySettingsSchema,
  maxNodes,
  nodeIdSchema,
  type Reentry,
  reentrySchema,
} from './graph.ts'
export { formatInstant, parseInstant } from './instant.ts'
export { findLeaving, leavesUntil } from './leaving.ts'
export { namesIn, type UsedNames } from './names-in.ts'
export {
  type AnyKind,
  type CheckContext,
  defineNode,
  type EntryRule,
  type EventFacts,
  type KindFault,
  kindOf,
  type NodeExample,
  type NodeGroup,
  type NodeKind,
  type Output,
  type PlacedCondition,
  type RunContext,
} from './node.ts'
export { own } from './own.ts'
export { irVersion, type Plan, type PlanEntry, type PlanNode } from './plan.ts'
export { type Port, type ReadAnswer, type ReadRecord, recordedPort, UnrecordedRead } from './port.ts'
export { type Problem, problem, problemSentences, type StructuralCode } from './problem.ts'
export { chainHashes, genesisHash, stepHash } from './record.ts'
export { isOfSameKey, keyIn, ownKeyOf } from './same-key.ts'
export { loopsWithoutWait, predecessors, reachableFrom } from './shape.ts'
export {
  matchAlternative,
  type Simulated,
  type SimulatedCustomer,
  type Simulation,
  simulate,
  simulatedPort,
} from './simulate.ts'
export { spread } from './spread.ts'
export {
  type Language,
  languages,
  named,
  numberInWords,
  pluralRu,
  quoted,
  type Text,
  yesOrNo,
} from './text.ts'
export type { Catalogue } from './validate/catalogue.ts'
export { type UnseenVariable, unseenAttributes, unseenProperties } from './validate/check-variables.ts'
export { type Named, nodeLabel, nodeTitle, outputLabel } from './validate/label.ts'
export { validate } from './validate.ts'
export { type RecordedPath, type Verdict, verify } from './verify.ts'
