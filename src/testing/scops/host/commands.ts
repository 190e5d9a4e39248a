import { MASKS } from '../settings.js';

const FLAGS: Readonly<Record<string, number>> = { u: 1, o: 2, m: 8, n: 16, r: 32, q: 64 };

/** Arguments of aplmask for the letters of a config; an empty text gives `-flags` without a value. */
export function maskArguments(masking: string, methodFile: string): string {
  if (masking.includes('all')) return '';
  const letters = Array.from(masking).filter((letter) => MASKS.includes(letter));
  const flags = letters.map((letter) => FLAGS[letter]).filter((flag) => flag !== undefined);
  const methods = letters.filter((letter) => FLAGS[letter] === undefined).map((letter) => letter.toUpperCase());
  if (methods.length === 0) return `-flags ${flags.join(' ')}`.trim();
  return `-flags ${[...flags, 4].join(' ')} -onlymaskmethods ${[methodFile, ...methods].join(' ')}`;
}

/** Output projection for apltran; `undefined` for a text that is not understood. */
export function outputProjection(projection: string, projString: () => string): string | undefined {
  if (projection.includes('UTM')) {
    // The third word; a zone of one digit loses its hemisphere (pitfall 18).
    const zone = projection.split(' ')[2] ?? '';
    const [digits, hemisphere] = [zone.slice(0, 2), zone.slice(2)];
    return /^\d\d$/.test(digits) ? `-outproj utm_wgs84${hemisphere} ${digits}` : `-outproj utm_wgs84 ${zone.charAt(0)}`;
  }
  if (projection.includes('UKBNG')) return '-outproj osng OSTN02_NTv2.gsb';
  return projection.includes('proj_string') ? `-outprojstr ${projString()}` : undefined;
}

const FUNCTIONS =
  /^(?:where|sin|cos|tan|arcsin|arccos|arctan|arctan2|sinh|cosh|tanh|log|log10|log1p|exp|expm1|sqrt|abs)$/;

/** Whether NumExpr can work an equation out for a line of so many bands. */
export function isComputable(equation: string, bands: number): boolean {
  if (/[^\w\s.+\-*/()<>=!&|~,%]/.test(equation)) return false;
  const names = equation.match(/(?<![\w.])[A-Za-z_]\w*/g) ?? [];
  const known = names.every((name) => {
    const band = /^band(\d{1,3})$/.exec(name)?.[1];
    return band === undefined ? FUNCTIONS.test(name) : Number(band) >= 1 && Number(band) <= bands;
  });
  let depth = 0;
  for (const sign of equation) {
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (depth < 0) return false;
  }
  return known && depth === 0 && equation.trim() !== '';
}
