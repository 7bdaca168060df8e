// Writes src/api/types.ts from the API's schema, so that the pages and the program mean the same documents.
import { compileFromFile } from 'json-schema-to-typescript';
import { writeFileSync } from 'node:fs';

const text = await compileFromFile('api.schema.json', {
  additionalProperties: false,
  bannerComment: '// Made by types.mjs from api.schema.json.',
  style: { singleQuote: true, printWidth: 110 },
});
writeFileSync('src/api/types.ts', text);
