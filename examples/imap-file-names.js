// What an IMAP file name says, without any request.
import { parseImapFileName, ScienceFilePath, Version } from '@lab/sdc/imap';
const file = new ScienceFilePath('imap_mag_l1a_norm-mago_20260105_v001.0002.cdf');
console.log(file.instrument, file.dataLevel, file.descriptor, file.path());
console.log(file.isValidForStartDate('20260105'), Version.compare(Version.parse('v001.0002'), Version.parse('v001.0010')) < 0);
console.log(parseImapFileName('imap_sclk_0032.tsc').path());
