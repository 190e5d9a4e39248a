import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import { arrowsRule } from './scripts/arrows.mjs';

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
  {
    files: ['src/**/*.ts'],
    plugins: { house: { rules: { arrows: arrowsRule } } },
    rules: { 'house/arrows': 'error' },
  },
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
