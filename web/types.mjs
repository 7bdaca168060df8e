// Writes src/api/types.ts and src/api/library-types.ts from the API's schemas, so that the pages and the program mean
// the same documents.
import { compileFromFile } from 'json-schema-to-typescript';
import { writeFileSync } from 'node:fs';

for (const [schema, types] of [['api.schema.json', 'types.ts'], ['library.schema.json', 'library-types.ts']]) {
  const text = await compileFromFile(schema, {
    additionalProperties: false,
    bannerComment: `// Made by types.mjs from ${schema}.`,
    style: { singleQuote: true, printWidth: 110 },
  });
  writeFileSync(`src/api/${types}`, text);
}
