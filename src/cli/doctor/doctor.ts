import type { DoctorPoint, DoctorReport } from '../../types.js';
import type { Context } from '../command/context.js';
import { NotYet } from '../command/not-yet.js';
import type { CommandSpec } from '../command/spec.js';
import type { Column } from '../output/columns.js';
import { CENTRES, isSetUp, meet, type CentreName } from './meet.js';

interface Row extends DoctorPoint {
  readonly centre: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { name: 'centre', value: ({ centre }) => centre },
  { name: 'id', title: 'point', value: ({ id }) => id },
  { name: 'verdict', value: ({ verdict }) => verdict },
  { name: 'seen', value: ({ seen }) => seen },
  { name: 'known', value: ({ known }) => known },
];
/** Where a table is read by people, what was expected is of interest for what differs alone. */
const TABLE_COLUMNS: readonly Column<Row>[] = COLUMNS.map((column) =>
  column.name === 'known' ? { ...column, value: ({ known, verdict }) => (verdict === 'differs' ? known : '') } : column,
);
const NO_ANSWER: readonly string[] = ['network', 'timeout', 'rate-limited', 'server', 'transfer'];

/** `sdc doctor`. */
export const doctor: CommandSpec = {
  name: 'doctor',
  summary: 'check point by point whether a centre still behaves as this package expects',
  details:
    'Sends at most 20 small requests that change nothing, one at a time, with the settings and logins of the centre’s own commands.\n' +
    'Exit code 0 if every point that could be checked holds, 1 if one differs, 75 if some questions got no response.',
  arguments: [{ flags: '[centre]', text: 'the centre; default: those that are set up, and IMAP', choices: CENTRES }],
  options: [
    {
      flags: '--record <folder>',
      text: 'save the responses in a new folder, with secrets, names, e-mail addresses and ids replaced',
    },
  ],
  words: { record: '--record' },
  examples: [
    ['sdc doctor imap', 'does the Science Data Center still behave as expected?'],
    ['sdc doctor scc --output json', 'the report as JSON, for a program'],
    ['sdc doctor hmi --record answers', 'save a folder to attach to a problem report'],
  ],
  run: async (context) => {
    const { input, settings } = context;
    const named = CENTRES.find((name) => name === input.optionalArgument('centre'));
    const centres: readonly CentreName[] =
      named === undefined ? CENTRES.filter((name) => isSetUp(settings, name)) : [named];
    const reports: DoctorReport[] = [];
    for (const centre of centres) {
      const folder = input.text('record');
      const report = await meet(
        context,
        centre,
        named === undefined && folder !== undefined ? `${folder}/${centre}` : folder,
      );
      context.note(`${centre} at ${report.baseUrl}: ${countsOf(report.points)}`);
      reports.push(report);
    }
    await print(context, reports);
    judge(reports);
  },
};

async function print(context: Context, reports: readonly DoctorReport[]): Promise<void> {
  if (context.format === 'json') {
    context.document(reports);
    return;
  }
  const rows = reports.flatMap(({ centre, points }) => points.map((point): Row => ({ centre, ...point })));
  await context.rows(context.format === 'table' ? TABLE_COLUMNS : COLUMNS, rows);
}

function countsOf(points: readonly DoctorPoint[]): string {
  const count = (verdict: DoctorPoint['verdict']): number => points.filter((point) => point.verdict === verdict).length;
  return `${count('holds')} hold, ${count('differs')} differ, ${count('not-asked')} not asked`;
}

/**
 * Ends the command as the reports say.
 *
 * @throws an `Error` where something differs; {@link NotYet} where no answer came; else why a question failed, as a refused login.
 */
function judge(reports: readonly DoctorReport[]): void {
  const points = reports.flatMap(({ centre, points }) => points.map((point): Row => ({ centre, ...point })));
  const different = points.filter(({ verdict }) => verdict === 'differs').map(({ centre, id }) => `${centre} ${id}`);
  if (different.length > 0)
    throw new Error(`${different.length} of ${points.length} points differ: ${different.join(', ')}`);
  const failures = points.flatMap(({ error }) => error ?? []);
  const refused = failures.find(({ code }) => !NO_ANSWER.includes(code));
  if (refused !== undefined) throw refused;
  const [failure] = failures;
  if (failure !== undefined) throw new NotYet(`some questions got no response: ${failure.message}`);
}
