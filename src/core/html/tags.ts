/** The kinds of elements that the rules of HTML tell apart (HTML Standard, "Parsing HTML documents"). */
const set = (names: string): ReadonlySet<string> => new Set(names.split(' '));

/** Elements without content. */
export const VOID = set(
  'area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr',
);
/** Elements whose content is text up to their own end tag. */
export const RAW = set('script style title textarea xmp iframe noembed noframes');
/** Raw text that is not read. */
export const UNREAD = set('script style');
/** What stays in the head. */
export const HEAD = set('base basefont bgsound link meta noframes noscript script style template title');
/** A start tag of these ends an open paragraph. */
export const CLOSES_P = set(
  'address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer header hgroup hr listing main menu nav ol p pre search section summary ul xmp h1 h2 h3 h4 h5 h6 li dd dt form plaintext',
);
/** Elements that are ended by their own end tag and by nothing less. */
export const BLOCKS = set(
  'address article aside blockquote button center details dialog dir div dl fieldset figcaption figure footer header hgroup listing main menu nav ol pre search section summary ul',
);
export const HEADINGS = set('h1 h2 h3 h4 h5 h6');
/** Elements that are opened again where a block cut them off. */
export const FORMATTING = set('a b big code em font i nobr s small strike strong tt u');
/** Elements that keep formatting from leaking in or out. */
export const MARKERS = set('applet marquee object');
/** Elements that end where their parent does. */
export const IMPLIED_END = set('dd dt li optgroup option p rb rp rt rtc');
/** Elements that an end tag of something else does not reach beyond. */
export const SPECIAL = set(
  'address applet area article aside base basefont bgsound blockquote body br button caption center col colgroup dd details dir div dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe img input keygen li link listing main marquee menu meta nav noembed noframes noscript object ol p param plaintext pre script search section select source style summary table tbody td template textarea tfoot th thead title tr track ul wbr xmp',
);
/** Tags that have a meaning inside a table only. */
export const TABLE_PARTS = set('caption col colgroup tbody td tfoot th thead tr');
export const SECTIONS = set('tbody tfoot thead');
export const CELLS = set('td th');
/** Where text and foreign elements are moved out, before the table. */
export const FOSTERS = set('table tbody tfoot thead tr');
/** Elements that belong to a form. */
export const CONTROLS = set('button fieldset img input object output select textarea');
/** HTML that ends a drawing or a formula. */
export const BREAKOUT = set(
  'b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var',
);
/** Elements of drawings and formulas that hold HTML again. */
export const INTEGRATION = {
  svg: set('desc foreignobject title'),
  math: set('annotation-xml mi mn mo ms mtext'),
} as const;

const SCOPE = 'applet caption html marquee object table td template th';
export const SCOPES = {
  any: set(SCOPE),
  list: set(`${SCOPE} ol ul`),
  button: set(`${SCOPE} button`),
  table: set('html table template'),
} as const;
