/** The control side described in OpenAPI 3.1, made of the tables beside this file. A test holds them against the routes and their answers. */
import { outside } from '../../control/account-side.js';
import { VERSION } from '../../platform/version.js';
import { catalogue } from './catalogue.js';
import { journal } from './journal.js';
import { rules } from './rules.js';
import { object, type RouteText, type RouteTexts, type Schema, text } from './schema.js';
import { state } from './state.js';
import { verifications } from './verifications.js';

export const routeTexts: RouteTexts = { ...catalogue, ...state, ...rules, ...verifications, ...journal };

const ANYWHERE = ['account', 'lang'].map((name) => ({ $ref: `#/components/parameters/${name}` }));
const REFUSED = { $ref: '#/components/responses/Refused' };

/** @param url where this emulator is */
export function openApi(url: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [route, told] of Object.entries(routeTexts)) {
    const [method = '', path = ''] = route.split(' ');
    const written = `/_mock${path.replace(/:(\w+)/g, '{$1}')}`;
    // what an account's token does not open
    const security = outside({ own: '', named: undefined, path: written }) && { security: [{}, { adminToken: [] }] };
    paths[written] = { ...paths[written], [method.toLowerCase()]: { ...operationOf(route, told), ...security } };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'cloudauth-mock control API',
      version: VERSION,
      description: 'What a tester asks of a running emulator; docs/control-api.md has examples.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url }],
    security: [{}, { adminToken: [] }, { accountToken: [] }],
    paths,
    components: {
      parameters: {
        account: queryParameter(
          'account',
          'an account, or one of its AccessKeyIds; default: that of the token, or default',
        ),
        lang: queryParameter('lang', 'zh: messages in Chinese'),
      },
      responses: {
        Refused: { description: 'What is wrong, and what to do', content: json(object({ error: text })) },
      },
      securitySchemes: {
        adminToken: bearer('with --admin-token'),
        accountToken: bearer('with --account-token: one account, and its alone'),
      },
    },
  };
}

const bearer = (description: string) => ({ type: 'http', scheme: 'bearer', description });
const queryParameter = (name: string, description: string) => ({ name, in: 'query', description, schema: text });
const json = (schema: Schema) => ({ 'application/json': { schema } });

function operationOf(route: string, { does, query = {}, body, bodyType, answers }: RouteText): object {
  const inPath = [...route.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: text }));
  const content = body ? json(body) : bodyType && { [bodyType]: { schema: text } };
  return {
    // `POST /snapshots/:name/restore` → postSnapshotsNameRestore
    operationId: route
      .replace(/^\w+/, (method) => method.toLowerCase())
      .replace(/\W+(\w)/g, (_, next: string) => next.toUpperCase()),
    summary: does,
    parameters: [...inPath, ...Object.entries(query).map(([name, what]) => queryParameter(name, what)), ...ANYWHERE],
    ...(content && { requestBody: { content } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [
          status,
          { description: does, content: typeof answer === 'string' ? { [answer]: { schema: text } } : json(answer) },
        ]),
      ),
      default: REFUSED,
    },
  };
}
