import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { packedReadme } from '../../../scripts/build/readme.mjs';

const README = `# Title

![A plot](docs/assets/plot.png)

See [Sessions](docs/sessions.md#close) and the [site](https://example.org), [above](#title). A month ([guide](docs/scc.md)).

\`\`\`md
[as it is](docs/scc.md)
\`\`\`

[MIT](LICENSE)
`;

test('without an address the links of the repository become text that names the file', () => {
  expect(packedReadme(README, { version: '1.2.3' })).toBe(`# Title

See Sessions (\`docs/sessions.md\`) and the [site](https://example.org), [above](#title). A month (guide: \`docs/scc.md\`).

\`\`\`md
[as it is](docs/scc.md)
\`\`\`

MIT (\`LICENSE\`)
`);
});

test.each([
  [
    'git+https://github.com/lab/sdc.git',
    'https://github.com/lab/sdc/blob/v1.2.3/',
    'https://github.com/lab/sdc/raw/v1.2.3/',
  ],
  [
    'git@gitlab.example.org:lab/sdc.git',
    'https://gitlab.example.org/lab/sdc/-/blob/v1.2.3/',
    'https://gitlab.example.org/lab/sdc/-/raw/v1.2.3/',
  ],
  [
    'https://codeberg.org/lab/sdc',
    'https://codeberg.org/lab/sdc/src/tag/v1.2.3/',
    'https://codeberg.org/lab/sdc/raw/tag/v1.2.3/',
  ],
])('with the repository %s they lead to the files of the same version', (url, link, image) => {
  for (const repository of [url, { type: 'git', url }]) {
    const text = packedReadme(README, { version: '1.2.3', repository });
    expect(text).toContain(`![A plot](${image}docs/assets/plot.png)`);
    expect(text).toContain(`[Sessions](${link}docs/sessions.md#close)`);
    expect(text).toContain(`[MIT](${link}LICENSE)`);
    expect(text).toContain('[as it is](docs/scc.md)');
  }
});

test('with a home page alone they lead below it, into the folder of the version', () => {
  const text = packedReadme(README, { version: '1.2.3', homepage: 'https://sdc.example.org/docs#readme' });
  expect(text).toContain('[Sessions](https://sdc.example.org/docs/v1.2.3/docs/sessions.md#close)');
});

test('our own README has links into the repository, and none when it is packed', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const relative = /\]\((?!https?:|#)[^)]*\)/u;
  expect(readme).toMatch(relative);
  expect(packedReadme(readme, { version: '1.2.3' })).not.toMatch(relative);
});
