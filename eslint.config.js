import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Only these files may touch what is dangerous to scatter. */
const owners = {
  ky: ['src/core/http/handlers/fetch.ts'],
  cookies: ['src/core/session/jar.ts'],
  html: ['src/core/html/**'],
  retry: ['src/core/http/layers/retry.ts'],
};

const external = [
  { group: ['ky', 'ky/*'], message: 'ky belongs to core/http/handlers/fetch.ts' },
  { group: ['tough-cookie', 'fetch-cookie'], message: 'cookies belong to core/session/jar.ts' },
  { group: ['node-html-parser'], message: 'the HTML parser belongs to core/html' },
  { group: ['p-retry'], message: 'p-retry belongs to core/http/layers/retry.ts' },
];
const rooms = ['scc', 'imap', 'hmi', 'scops'];
const node = [
  {
    group: ['node:fs', 'node:fs/*', 'fs', 'fs/*'],
    message: 'the disk is reached through core/files and core/transfer',
  },
  { regex: '^(?:node:)?https?$', message: 'the network is reached through core/http' },
];
const noTesting = { group: ['**/testing/**'], message: 'nothing in src imports testing' };

/** What one part of the house must not import. */
const forbid = (files, patterns, ignores = []) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'vendor/',
      'coverage/',
      'site/',
      'test/types/consumers/',
      'test/package/consumers/',
      '.cache/',
      '.demo/',
      '**/.ipynb_checkpoints/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/prefer-readonly': 'error',
      // an async function rejects where a plain one would throw: callers get one kind of failure
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'URL',
          'Buffer',
          'fetch',
          'performance',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
          'AbortController',
          'ReadableStream',
          'TextDecoder',
          'Response',
          'require',
          'module',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'use core/util/time.ts' },
        { object: 'Math', property: 'random', message: 'use core/util/time.ts' },
        { object: 'process', property: 'env', message: 'use core/config/env.ts' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'use core/util/time.ts' },
        { selector: 'ExportDefaultDeclaration', message: 'named exports only' },
        {
          selector: 'TSAsExpression:not([typeAnnotation.typeName.name="const"])',
          message: 'no type assertions: decode or narrow',
        },
        { selector: 'TSNonNullExpression', message: 'no non-null assertions: narrow' },
        {
          selector: 'Program > ExpressionStatement > AwaitExpression',
          message: 'no top-level await: require() must work',
        },
        {
          selector: 'Program > VariableDeclaration AwaitExpression:not(:function AwaitExpression)',
          message: 'no top-level await: require() must work',
        },
      ],
    },
  },
  {
    files: ['src/core/util/time.ts', 'src/core/config/env.ts', 'src/core/log/**'],
    rules: { 'no-restricted-properties': 'off', 'no-restricted-syntax': 'off', 'no-console': 'off' },
  },
  {
    // The declaration of an optional peer dependency must compile where it is not installed.
    files: ['src/testing/kit/types.ts'],
    rules: {
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-ignore': 'allow-with-description' }],
      '@typescript-eslint/consistent-type-imports': 'off',
    },
  },
  forbid(['src/errors.ts'], [{ group: ['./*', '../*'], message: 'errors.ts imports nothing of ours' }]),
  forbid(
    ['src/core/util/**'],
    [
      {
        group: [
          '../http/*',
          '../session/*',
          '../transfer/*',
          '../paging/*',
          '../polling/*',
          '../html/*',
          '../config/*',
          '../log/*',
          '../validate/*',
          '../files/*',
          '../../scc/**',
          '../../imap/**',
          '../../hmi/**',
          '../../scops/**',
        ],
        message: 'util stands below the rest of core',
      },
      noTesting,
      ...external,
    ],
  ),
  forbid(
    ['src/core/**'],
    [{ group: rooms.map((room) => `**/${room}/**`), message: 'core knows no centre' }, noTesting, ...external],
    ['src/core/util/**', ...Object.values(owners).flat()],
  ),
  forbid(Object.values(owners).flat(), [
    { group: rooms.map((room) => `**/${room}/**`), message: 'core knows no centre' },
    noTesting,
  ]),
  ...rooms.map((room) =>
    forbid(
      [`src/${room}/**`],
      [
        {
          group: rooms.filter((other) => other !== room).map((other) => `**/${other}/**`),
          message: 'a room never imports another room',
        },
        noTesting,
        ...external,
        ...node,
        ...(room === 'imap' || room === 'hmi'
          ? [
              {
                group: ['**/core/session/jar.js', '**/core/session/session.js', '**/core/html/**'],
                message: 'imap and hmi know neither cookies nor HTML',
              },
            ]
          : []),
      ],
    ),
  ),
  // The command line stands above everything: it uses the clients as any program does, and the simulated centres.
  forbid(
    ['src/cli/**'],
    [
      {
        regex: '/(?:scc|imap|hmi|scops)/(?!(?:index|for-command)\\.js$)[^/]+\\.js$',
        message: 'the command line uses the public entries of the rooms, and what they keep for it',
      },
      ...external,
    ],
    ['src/cli/commands.ts'],
  ),
  forbid(
    ['src/testing/**'],
    [
      {
        group: [
          '**/client.js',
          '**/core/http/**',
          '**/core/session/**',
          '**/core/transfer/**',
          '**/core/html/**',
          '**/core/config/**',
          '**/core/log/**',
        ],
        message: 'the simulated centres know no client',
      },
      ...external,
    ],
  ),
  {
    files: ['test/**/*.ts', 'examples/**/*.ts', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
  {
    // Its libraries are its own and not installed here; scripts/queue.sh checks its types where they are.
    files: ['examples/queue/**/*.ts'],
    extends: [tseslint.configs.disableTypeChecked],
  },
);
