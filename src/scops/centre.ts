/** SCOPS described in one place: whatever the service may learn next, such as an instrument or a stage, is one line here. */

/** The name of the centre in errors, and what the names of its calls begin with. */
export const CENTRE = 'scops';

/** What a login of SCOPS is: each project has one. */
export const CREDENTIAL_LAYER = 'project';

/** The environment variables of a client. */
export const VARIABLES = { baseUrl: 'SCOPS_BASE_URL', project: 'SCOPS_PROJECT', password: 'SCOPS_PASSWORD' } as const;

/** Query parameters of SCOPS that are worth reading in messages and never secret; all others are hidden. */
export const VISIBLE_PARAMETERS = ['day', 'project', 'sortie', 'year'] as const;

/** The instruments, by the first letter of a line's name. */
export const SENSORS = { f: 'fenix', e: 'eagle', h: 'hawk', o: 'owl' } as const;

/** The words of the mask boxes with the letters that the server stores, in its order (protocol notes 5.3). */
export const MASKS = {
  underflows: 'u',
  overflows: 'o',
  'uncorrected-smear': 'm',
  'dropped-scans': 'n',
  'corrupt-raw-data': 'r',
  'quality-control-failures': 'q',
  'method-a': 'a',
  'method-b': 'b',
  'method-c': 'c',
  'method-d': 'd',
  'method-e': 'e',
  'method-f': 'f',
} as const;

/** What `all` stands for in a config file. */
export const ALL_MASKS = Object.values(MASKS).join('');

/** How a map cell gets its value. */
export const INTERPOLATIONS = ['nearest', 'bilinear', 'cubic'] as const;

/** The elevation models that SCOPS has itself. */
export const ELEVATION_MODELS = ['aster', 'srtm'] as const;

/** How lines are queued on the processing host. */
export const QUEUE_SYSTEMS = ['bsub', 'qsub', 'local'] as const;

/**
 * The chain of programs that each product passes, in its order: the raw texts of the back end and the labels of the front
 * end, in lower case, and how far the product is, in percent, when the stage begins and ends (protocol notes 9.2).
 */
export const STAGES = [
  { stage: 'not-processing', words: ['not processing'], from: 0, to: 0 },
  {
    stage: 'waiting',
    words: ['waiting', 'waiting to process', 'initialising', 'projection not identified'],
    from: 0,
    to: 0,
  },
  { stage: 'masking', words: ['masking', 'aplmask'], from: 0, to: 15 },
  { stage: 'geocorrection', words: ['geo-correction', 'aplcorr'], from: 15, to: 30 },
  { stage: 'translating', words: ['translating', 'apltran'], from: 30, to: 45 },
  { stage: 'mapping', words: ['mapping', 'aplmap'], from: 45, to: 95 },
  { stage: 'zipping', words: ['zipping', 'waiting to zip'], from: 95, to: 100 },
  { stage: 'complete', words: ['complete'], from: 100, to: 100 },
] as const;

/** The last part of the name of a product's file; the product's name runs straight into it. */
export const PRODUCT_SUFFIX = '3b_mapped.bil';
