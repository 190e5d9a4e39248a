// Only these programs; no transformation, as they are ES modules already.
export default {
  testRegex: '/jest/\\w+\\.jest\\.[cm]js$',
  moduleFileExtensions: ['mjs', 'cjs', 'js', 'json'],
  transform: {},
};
