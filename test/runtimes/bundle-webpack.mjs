// bundle-webpack.mjs FOLDER: as docs/runtimes.md tells. The WebAssembly is copied by webpack itself.
import webpack from 'webpack';

const [folder] = process.argv.slice(2);
const compiler = webpack({
  mode: 'production',
  target: 'node20',
  entry: './smoke.mjs',
  output: { path: folder, filename: 'smoke.mjs', module: true, chunkFormat: 'module' },
  experiments: { outputModule: true },
  externals: ['hyparquet-writer', 'msw', 'sharp', 'vega'],
  externalsType: 'import',
  optimization: { minimize: false },
});
compiler.run((error, stats) => {
  console.log(error ?? stats.toString({ preset: 'errors-warnings' }));
  process.exitCode = error || stats.hasErrors() ? 1 : 0;
  compiler.close(() => {});
});
