/** A data series of the archive. */
export interface HmiSimSeries {
  /** Full JSOC name: `hmi.sharp_720s`. */
  readonly name: string;
  /** Further names that lists and files answer to, besides the name without `hmi.`: `720`. */
  readonly aliases: readonly string[];
  /** Segment names in JSOC's order; case matters. */
  readonly segments: readonly string[];
  /** Whether its records are patches with a HARP number. */
  readonly patches: boolean;
  /** Near-real-time: other HARP numbers, `quality` 1024, `DATE-OBS` 75.6 s before the slot. */
  readonly nearRealTime: boolean;
}

const SHARP =
  'magnetogram bitmap Dopplergram continuum inclination azimuth field vlos_mag dop_width eta_0 damping src_continuum src_grad alpha_mag chisq conv_flag info_map confid_map inclination_err azimuth_err field_err vlos_err alpha_err field_inclination_err field_az_err inclin_azimuth_err field_alpha_err inclination_alpha_err azimuth_alpha_err disambig conf_disambig'.split(
    ' ',
  );
const SHARP_CEA = 'magnetogram bitmap Dopplergram continuum Br Bt Bp Br_err Bt_err Bp_err conf_disambig'.split(' ');

/** The series that MEDOC holds. */
export const KNOWN_SERIES: readonly string[] = [
  'hmi.sharp_720s',
  'hmi.sharp_720s_nrt',
  'hmi.sharp_cea_720s',
  'hmi.sharp_cea_720s_nrt',
  'hmi.m_720s',
  'hmi.m_720s_nrt',
  'hmi.ic_720s',
  'hmi.ic_nolimbdark_720s',
  'hmi.ic_nolimbdark_720s_nrt',
];

/** What a name says about its series; names outside the known list are read the same way. */
export function seriesOf(name: string): HmiSimSeries {
  const patches = name.includes('sharp');
  return {
    name,
    aliases: name === 'hmi.m_720s' ? ['720'] : [],
    segments: segmentsOf(name, patches),
    patches,
    nearRealTime: name.endsWith('_nrt'),
  };
}

function segmentsOf(name: string, patches: boolean): readonly string[] {
  if (patches) return name.includes('sharp_cea') ? SHARP_CEA : SHARP;
  return /\bic_/.test(name) ? ['continuum'] : ['magnetogram'];
}

/** The name without `hmi.`, as the first two generations print it. */
export function shortName(name: string): string {
  return name.replace(/^hmi\./, '');
}
