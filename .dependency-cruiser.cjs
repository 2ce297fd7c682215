const test = String.raw`\.test\.tsx?$|^packages/journey/src/(condition/)?(testing|arbitraries)\.ts$|^apps/(api|worker)/src/testing/`
const packages = '^(packages|apps|tests)/'

/** A rule: what lies at `from` may reach inside the project only what matches `allowed`. */
const reachesOnly = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: test },
  to: { path: packages, pathNot: allowed },
})

/** A rule: what lies at `from` takes only these packages from npm. */
const takesFromNpm = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: test },
  to: { path: 'node_modules/', pathNot: `node_modules/(${allowed})/` },
})

/** A rule: what lies at `from` may name `to` in types, never at run time. */
const typesOnly = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: test },
  to: { path: to, dependencyTypesNot: ['type-only'] },
})

const arrows = [
  reachesOnly(
    'journey-knows-nobody',
    '^packages/journey/',
    '^packages/journey/',
    'The grammar imports nothing of ours: kinds come to it as an argument.',
  ),
  takesFromNpm(
    'journey-is-pure',
    '^packages/journey/',
    'zod|json-rules-engine|@noble/hashes',
    'The grammar takes only zod, json-rules-engine and a pure hash.',
  ),
  reachesOnly(
    'nodes-know-the-grammar-only',
    '^packages/nodes/',
    '^packages/(nodes|journey)/',
    'A kind is data and pure logic over the grammar.',
  ),
  takesFromNpm('nodes-are-pure', '^packages/nodes/', 'zod', 'A kind takes only zod from npm.'),
  {
    name: 'pure-packages-do-no-io',
    comment: 'The core decides and performs nothing: no node: modules in it.',
    severity: 'error',
    from: { path: '^packages/(journey|nodes)/', pathNot: test },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'kinds-stand-alone',
    comment:
      'A kind imports fields and the grammar, never another kind: deleting one file must not touch another.',
    severity: 'error',
    from: { path: '^packages/nodes/src/', pathNot: `^packages/nodes/src/index\\.ts$|${test}` },
    to: { path: '^packages/nodes/src/', pathNot: String.raw`^packages/nodes/src/fields\.ts$` },
  },
  {
    name: 'every-kind-is-listed',
    comment: 'Every file of packages/nodes is a kind in the list of index.ts (or fields.ts).',
    severity: 'error',
    from: { path: String.raw`^packages/nodes/src/index\.ts$` },
    to: { path: '^packages/nodes/src/', pathNot: test, reachable: false },
  },
  reachesOnly(
    'db-knows-the-grammar-only',
    '^packages/db/',
    '^packages/(db|journey)/',
    'The memory knows no vocabulary.',
  ),
  typesOnly(
    'db-takes-types-of-the-grammar',
    '^packages/db/',
    '^packages/journey/',
    'Stored values are shaped by the grammar; the memory runs none of it.',
  ),
  reachesOnly(
    'connectors-know-the-grammar-only',
    '^packages/connectors/',
    '^packages/(connectors|journey)/',
    'The hands know neither memory nor vocabulary.',
  ),
  reachesOnly(
    'intake-knows-the-grammar-only',
    '^packages/intake/',
    '^packages/(intake|journey)/',
    'Reading a file is a pure matter of its bytes and a mapping: no memory, no vocabulary.',
  ),
  typesOnly(
    'intake-takes-types-of-the-grammar',
    '^packages/intake/',
    '^packages/journey/',
    'What a row means is shaped by the grammar; reading it runs none of it.',
  ),
  reachesOnly(
    'api-reaches',
    '^apps/api/',
    String.raw`^packages/|^apps/api/|^apps/worker/src/(contract|settings)\.ts$`,
    'Of the worker the API knows the contract, and how both read their environment.',
  ),
  reachesOnly(
    'worker-reaches',
    '^apps/worker/',
    '^packages/|^apps/worker/',
    'The worker knows neither API nor web.',
  ),
  reachesOnly(
    'web-reaches',
    '^apps/web/',
    String.raw`^packages/(journey|nodes)/|^apps/web/|^apps/api/src/client\.ts$`,
    'The web runs the grammar and the vocabulary; everything else it asks the API for.',
  ),
  typesOnly(
    'api-face-hands-over-types',
    String.raw`^apps/api/src/client\.ts$`,
    '^(apps/api/src|packages)/',
    'The typed client must not carry the server into the browser.',
  ),
  typesOnly(
    'worker-face-hands-over-types',
    String.raw`^apps/worker/src/contract\.ts$`,
    '^(apps/worker/src|packages)/',
    'The contract must not carry the worker into the API.',
  ),
  typesOnly(
    'workflows-touch-the-world-by-types',
    '^apps/worker/src/workflows/',
    '^apps/worker/src/activities/|^packages/(db|connectors|nodes)/',
    'Workflow code runs in the sandbox: activities do the work.',
  ),
  {
    name: 'workflows-do-no-io',
    comment: 'Workflow code is deterministic: no node: modules in it.',
    severity: 'error',
    from: { path: '^apps/worker/src/workflows/', pathNot: test },
    to: { dependencyTypes: ['core'], dependencyTypesNot: ['type-only'] },
  },
]

const hygiene = [
  {
    name: 'no-cycles',
    severity: 'error',
    comment: 'A cycle hides which way the arrow points.',
    from: { pathNot: String.raw`routeTree\.gen\.ts$` },
    to: {
      circular: true,
      viaOnly: { pathNot: String.raw`routeTree\.gen\.ts$`, dependencyTypesNot: ['type-only'] },
    },
  },
  {
    name: 'everything-resolves',
    severity: 'error',
    comment: 'An import that resolves to nothing escapes every other rule.',
    from: {},
    to: { couldNotResolve: true, pathNot: String.raw`^virtual:|\?(url|worker|raw)$` },
  },
  {
    name: 'tests-are-not-imported',
    severity: 'error',
    comment: 'Product code must not lean on tests.',
    from: { path: '^(packages|apps)/', pathNot: test },
    to: { path: String.raw`\.test\.tsx?$|^tests/` },
  },
  {
    name: 'packages-by-name',
    severity: 'error',
    comment: 'Another package is imported by its name, through what it exports, not by a path into it.',
    from: { path: '^(packages|apps)/([^/]+)/', pathNot: test },
    to: { path: '^(packages|apps)/', pathNot: '^$1/$2/', dependencyTypesNot: ['aliased-workspace'] },
  },
]

module.exports = {
  forbidden: [...arrows, ...hygiene],
  options: {
    tsPreCompilationDeps: 'specify',
    combinedDependencies: true,
    exclude: { path: String.raw`/dist/|/coverage/|\.css$` },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
