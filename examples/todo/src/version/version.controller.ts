import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../common/identity/public.decorator';
import { ApiProblems } from '../common/problem/api-problems.decorator';
import { isDatabaseUnavailable } from '../common/problem/database-errors';
import { runtimeEnvironment } from '../config/runtime.environment';
import { version } from '../config/service';
import { SchemaVersion } from '../database/schema-version';
import { VersionDto } from './version.dto';

@ApiTags('service')
@Controller('version')
export class VersionController {
  constructor(private readonly schema: SchemaVersion) {}

  /** What is running */
  @Get()
  @Public(true)
  @ApiOperation({ operationId: 'getVersion' })
  @ApiOkResponse({ type: VersionDto, description: 'The version' })
  @ApiProblems()
  async read(): Promise<VersionDto> {
    const { BUILD_COMMIT: commit, BUILD_TIME: buildTime } = runtimeEnvironment.read();
    return { version, commit, buildTime, schemaVersion: await this.schemaVersion() };
  }

  /** In an outage, people ask which version has it. */
  private async schemaVersion(): Promise<string> {
    try {
      return (await this.schema.newest()) ?? 'none';
    } catch (error) {
      if (isDatabaseUnavailable(error)) return 'unknown';
      throw error;
    }
  }
}
