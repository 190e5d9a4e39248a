/**
 * Words that are never a name, an id or a secret: those of web servers, of HTML and of JSON, and the plain English of error pages. All other
 * words of a recorded answer are replaced, unless its room knows them.
 */
export const PLAIN_WORDS: ReadonlySet<string> = new Set(
  `a about access action actions active add address admin administration all allowed already an and any api app application apply are as at attachment
  authenticate authentication authorization available back bad basic be been begin blank body bytes but by can cancel cannot change charset check choose
  clear click close code com content control cookie cookies could credentials csrf data database date day days delete denied detail details did
  directory display do document does download downloads enter entered error errors example exist exists expected expired export failed false fields file
  filename files filter find first for forbidden form format found from gateway get go group had has have header help here home host hour html http https
  id if image in index inline input instead internal invalid is it item items javascript json key last latest length level link links list loading log
  logged login logout mail main max max-age maximum may message messages meta method min minutes missing model month more must na name network new next no
  none not null number object objects of off ok on one only open operation option optional options or order org other out page pages parameter parameters
  password path permission please plain post press previous problem processing project proxy public query range read realm reason recent record records
  redirect referer refused remove request requested requests required reset result results return route running run save search seconds secure security
  select selected send server service session set show site size sorry start started state static status stop string submit success successfully
  supplied supported system table text that the their then there these they this time title to today token too total true try type unable
  unauthorized undefined unexpected unknown unsupported up update updated upload url used user username utf utf-8 value valid verify version view was
  web welcome were what when where which will with without wrong year you your zip
  amp nbsp lt gt quot apos laquo raquo lsquo rsquo ldquo rdquo hellip middot copy times ndash mdash
  attachment bytes gzip identity none private public no-cache no-store must-revalidate keep-alive samesite lax strict httponly secure expires path domain
  octet-stream`
    .split(/\s+/u)
    .filter((word) => word !== ''),
);
