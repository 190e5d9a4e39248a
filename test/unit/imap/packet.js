/** A CCSDS packet with the spacecraft clock as its secondary header. */
export function packet(apid, sequence, seconds, data = 'x', secondary = true) {
    const body = new TextEncoder().encode(data);
    const bytes = new Uint8Array(10 + body.length);
    const view = new DataView(bytes.buffer);
    view.setUint16(0, (secondary ? 0x800 : 0) | apid);
    view.setUint16(2, 0xc000 | sequence);
    view.setUint16(4, 4 + body.length - 1);
    view.setUint32(6, seconds);
    bytes.set(body, 10);
    return bytes;
}
