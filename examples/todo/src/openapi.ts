import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { AppModule } from './app.module';
import { completeDocument } from './common/openapi/complete-document';
import { service, version } from './config/service';

const DESCRIPTION = `Every error is answered with problem details (RFC 9457), also where no operation is reached: 404 for an
unknown path, 405 with \`Allow\` for another method, 400, 408, 413, 417 or 431 for what is not HTTP as it should be.`;

/** The OpenAPI 3.1 document of the service, made from its code. */
export function createDocument(app: NestFastifyApplication): OpenAPIObject {
  const options = new DocumentBuilder()
    .setTitle(service.name)
    .setDescription(DESCRIPTION.replaceAll('\n', ' '))
    .setVersion(version)
    .setOpenAPIVersion('3.1.0')
    .addServer('/', 'Where this document comes from')
    .build();
  return completeDocument(SwaggerModule.createDocument(app, options));
}

/** Serves the document at `/openapi.json` and a page to try it at `/docs`. */
export function setupDocumentation(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => createDocument(app), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
  });
}

/** The document without starting anything: needs no environment and no database. */
export async function describeApi(): Promise<OpenAPIObject> {
  const options = { preview: true, logger: false, abortOnError: false } as const;
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(), options);
  const document = createDocument(app);
  await app.close();
  return document;
}
