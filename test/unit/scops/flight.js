/** A flight as its request page tells it. */
export function flight(change = {}) {
    const bands = (count) => Array.from({ length: count }, (_, at) => ({ number: at + 1, wavelengthNm: 380 + at * 100 }));
    return {
        project: 'GB13_08',
        year: 2014,
        day: 217,
        lines: [
            { name: 'f21701', sensor: 'fenix', bands: bands(20), orderable: true },
            { name: 'e21702', sensor: 'eagle', bands: bands(10), orderable: false },
        ],
        bounds: { north: 50.36, south: 50.3, east: -4.1, west: -4.25 },
        projections: ['UTM zone 30N', 'UKBNG'],
        defaultProjection: 'UKBNG',
        utmZone: '30N',
        isUk: true,
        pixelSizes: [0.5, 1, 1.5, 2, 2.5],
        optimalPixelSize: 2,
        form: { project: 'GB13_08', year: '2014', julianday: '217', sortie: 'None' },
        ...change,
    };
}
/** A harmless order for it. */
export function order(change = {}) {
    // The tests hand over what JavaScript callers could.
    return { flight: flight(), lines: [{ name: 'f21701' }], email: 'me@institute.org', ...change };
}
