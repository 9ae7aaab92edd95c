import { Reflector } from '@nestjs/core';

/** Marks an operation that needs no identity: `@Public(true)`. */
export const Public = Reflector.createDecorator<boolean>();
