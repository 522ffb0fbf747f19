/** The map of the house (docs/house.md). Type imports count too. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })
const noun = '^src/main/engine/(?!db/|mastodon/|schedule/|decisions/)[^/]+/'

module.exports = {
  forbidden: [
    rule('no-circular', 'one direction only', {}, { circular: true }),
    rule(
      'shared-is-a-leaf',
      'shared imports itself, zod and the ICU library',
      { path: '^src/shared/' },
      { pathNot: ['^src/shared/', '(^|/)node_modules/(zod|@lingui)/'] },
    ),
    rule(
      'engine-knows-no-door',
      'the engine imports shared, itself, Node and its libraries',
      { path: '^src/main/engine/' },
      { path: ['^src/main/(?!engine/)', '^src/(preload|renderer)/', '(^|/)node_modules/(electron|ws|hono|@hono)/'] },
    ),
    rule(
      'doors-start-only-the-worker',
      'a door reaches the engine over the wire',
      { path: '^src/main/(doors/|index|web|cli)' },
      { path: '^src/main/engine/', pathNot: '^src/main/engine/worker' },
    ),
    rule(
      'sample-is-a-stranger',
      'one mistake must not hide on both sides',
      { path: '^src/main/sample/' },
      { path: '^src/(main/(engine|doors)/|shared/contract/)' },
    ),
    rule(
      'electron-only-in-its-shell',
      'every other file must run without Electron',
      { path: '^src/', pathNot: '^src/(main/doors/electron/|main/index|preload/)' },
      { path: '(^|/)node_modules/electron/|^electron$' },
    ),
    rule(
      'sqlite-in-one-folder',
      'engine/db hides SQLite',
      { path: '^src/', pathNot: '^src/main/engine/db/' },
      { path: 'better-sqlite3' },
    ),
    rule(
      'network-in-one-folder',
      'engine/mastodon hides the network',
      { path: '^src/', pathNot: '^src/main/engine/mastodon/' },
      { path: '(^|/)node_modules/masto/|^masto$' },
    ),
    rule(
      'journal-and-schedule-know-no-noun',
      'engine.ts registers what nouns export',
      { path: '^src/main/engine/(decisions|schedule)/' },
      { path: noun },
    ),
    rule(
      'nouns-share-tables-only',
      'of another noun: its tables, never its handlers',
      { path: '^src/main/engine/([^/]+)/' },
      { path: '^src/main/engine/[^/]+/handlers', pathNot: '^src/main/engine/$1/' },
    ),
    rule(
      'composition-roots-are-imported-by-nobody',
      'they know everything, so nothing may know them',
      { path: '^src/' },
      { path: '^src/main/(index|web|cli|engine/worker)\\.ts$' },
    ),
    rule(
      'engine-is-composed-once',
      'only the worker composes the engine',
      { path: '^src/', pathNot: '^src/main/engine/worker' },
      { path: '^src/main/engine/engine\\.ts$' },
    ),
    rule(
      'renderer-sees-shared-only',
      'the renderer is a browser',
      { path: '^src/renderer/' },
      { path: ['^src/(main|preload)/'] },
    ),
    rule('renderer-is-a-browser', 'no module of Node', { path: '^src/renderer/' }, { dependencyTypes: ['core'] }),
    rule(
      'features-are-strangers',
      'join them in app/',
      { path: '^src/renderer/src/features/([^/]+)/' },
      { path: '^src/renderer/src/features/', pathNot: '^src/renderer/src/features/$1/' },
    ),
    rule(
      'features-do-not-climb',
      'app/ imports features, never the other way',
      { path: '^src/renderer/src/(features|ui|client)/' },
      { path: '^src/renderer/src/app/' },
    ),
    rule(
      'ui-is-a-leaf',
      'ui/ draws what it is given',
      { path: '^src/renderer/src/ui/' },
      { path: '^src/renderer/src/(features|client|app)/' },
    ),
    rule('no-tests-in-the-house', 'src never imports test or bench', { path: '^src/' }, { path: '^(test|bench)/' }),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.node.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
}
