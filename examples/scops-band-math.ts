// Vegetation indices of a flight line, by wavelength instead of band number.
import { ndvi, normalizedDifference, ScopsClient } from '@lab/sdc';

await using scops = new ScopsClient();
const flight = await scops.getFlight({ year: 2014, day: 217 });
const [line] = flight.lines;
if (line === undefined) throw new Error('the flight has no lines');
const order = await scops.submit({ flight, lines: [{ name: line.name }], email: 'you@example.org', bandMath: true });
const equations = { ndvi: ndvi(line.bands), green: normalizedDifference(line.bands, 800, 550) };
await scops.submitBandMath(order.configName, { equations });
console.log(equations);
