import type { PlotColours } from './types.js';

/** Colours at equal distances from low to high. */
export const COLOURS: Readonly<Record<PlotColours, readonly string[]>> = {
  viridis: [
    '#440154',
    '#482878',
    '#3e4989',
    '#31688e',
    '#26828e',
    '#1f9e89',
    '#35b779',
    '#6ece58',
    '#b5de2b',
    '#fde725',
  ],
  grey: ['#000000', '#ffffff'],
  turbo: ['#30123b', '#4686fb', '#1be5b5', '#a4fc3c', '#fb7e21', '#7a0403'],
  'blue-red': ['#2166ac', '#67a9cf', '#d1e5f0', '#f7f7f7', '#fddbc7', '#ef8a62', '#b2182b'],
};

/** Bytes of red, green and blue for so many steps from low to high. */
export function paletteOf(colours: PlotColours, steps: number): Uint8Array {
  const anchors = COLOURS[colours].map((hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)));
  const palette = new Uint8Array(steps * 3);
  for (let step = 0; step < steps; step += 1) {
    const place = (step / (steps - 1)) * (anchors.length - 1);
    const below = Math.min(Math.floor(place), anchors.length - 2);
    for (let part = 0; part < 3; part += 1) {
      const [from = 0, to = 0] = [anchors[below]?.[part], anchors[below + 1]?.[part]];
      palette[step * 3 + part] = Math.round(from + (to - from) * (place - below));
    }
  }
  return palette;
}
