import { Global, Module } from '@nestjs/common';
import { EventLoopPressure } from './event-loop-pressure';
import { Overload } from './overload';

@Global()
@Module({ providers: [Overload, EventLoopPressure], exports: [Overload] })
export class OverloadModule {}
