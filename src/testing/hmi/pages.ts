import { page } from '../kit/html.js';
import { GENERATIONS } from './generations.js';
import { reply, replyJson, type HmiContext } from './reply.js';

/** `GET /ui/`: the page of Swagger UI. */
export function ui(context: HmiContext): Response {
  const title = 'Swagger UI';
  const body = `<div id="header"><a id="logo" href="http://swagger.io">swagger</a></div>
<div id="message-bar" class="swagger-ui-wrap" data-sw-translate>&nbsp;</div>
<div id="swagger-ui-container" class="swagger-ui-wrap"></div>
<noscript>This page lists the routes of the HMI service; it needs scripts. The same is found in /swagger.json.</noscript>
<script type="text/javascript">window.swaggerUi = { url: "${context.settings.basePath}swagger.json", dom_id: "swagger-ui-container", supportedSubmitMethods: ["get"], docExpansion: "none" };</script>`;
  return reply(context, { type: 'text/html; charset=utf-8', text: page(title, body) });
}

/** `GET /ui`: 301 to the form with the slash, as an absolute URL. */
export function uiRedirect(context: HmiContext): Response {
  const location = `${context.sim.origin()}${context.settings.basePath}ui/`;
  const text = page(
    'Redirecting...',
    `<h1>Redirecting...</h1>\n<p>Continue at <a href="${location}">${location}</a>.</p>`,
  );
  return reply(context, { status: 301, type: 'text/html; charset=utf-8', text, headers: { location } });
}

/** `GET /swagger.json`: the routes of the simulated generation. */
export function swagger(context: HmiContext): Response {
  const { generation, basePath, metaRoute, strictDates } = context.settings;
  const { files, hasKeywordRoute, listsKeywords } = GENERATIONS[generation];
  const date = (name: string): object => ({
    in: 'query',
    name,
    required: true,
    type: 'string',
    ...(strictDates ? { format: 'date-time' } : {}),
  });
  const inPath = (name: string): object => ({ in: 'path', name, required: true, type: 'string' });
  const flag = { in: 'query', name: 'meta', required: false, type: 'boolean' };
  const operation = (operationId: string, summary: string, parameters: object[]): object => ({
    get: { operationId, summary, parameters, responses: { 200: { description: summary } } },
  });
  const listed = operation('list_records', 'Records of a time range', [
    inPath('series'),
    date('start'),
    date('end'),
    ...(listsKeywords ? [flag] : []),
  ]);
  const early = { '/HMI/{series}/{file}': operation('get_file', 'One file', [inPath('series'), inPath('file')]) };
  const late = {
    '/HMI/{series}/{recnum}/{segment}': operation('get_segment', 'One segment of a record', [
      inPath('series'),
      { in: 'path', name: 'recnum', required: true, type: 'integer' },
      inPath('segment'),
    ]),
  };
  const metadata = {
    '/HMI/{series}/meta/{recnum}': operation('get_meta', 'Keywords of a set of records', [
      inPath('series'),
      inPath('recnum'),
      {
        in: 'query',
        name: 'fields',
        required: false,
        type: 'array',
        items: { type: 'string' },
        collectionFormat: 'csv',
      },
    ]),
  };
  return replyJson(context, {
    basePath,
    info: { title: 'HMI service (simulated)', version: `${String(generation)}.0` },
    paths: {
      '/HMI/{series}': listed,
      ...{ 'by-time': early, 'in-one-name': early, 'in-folders': late }[files],
      ...(hasKeywordRoute && metaRoute !== 'absent' ? metadata : {}),
    },
    produces: ['application/json'],
    swagger: '2.0',
  });
}
