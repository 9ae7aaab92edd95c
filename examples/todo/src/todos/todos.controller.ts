import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  HttpStatus,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiIdempotencyKey, IdempotencyKeyHeader } from '../common/idempotency/idempotency-key.decorator';
import { CurrentUser } from '../common/identity/current-user.decorator';
import type { Identity } from '../common/identity/identity';
import { entityTag, isNamedByIfNoneMatch } from '../common/preconditions/entity-tag';
import { type AcceptedVersions, ApiIfMatch, IfMatch } from '../common/preconditions/if-match.decorator';
import { ApiProblems } from '../common/problem/api-problems.decorator';
import { CreateTodoDto } from './dto/create-todo.dto';
import { ListTodosQueryDto } from './dto/list-todos.query.dto';
import { TodoPageDto } from './dto/todo-page.dto';
import { TodoDto } from './dto/todo.dto';
import { UpdateTodoDto } from './dto/update-todo.dto';
import { TodosService } from './todos.service';

const ETAG = { ETag: { description: 'The version, for If-Match', schema: { type: 'string' } } } as const;

@ApiTags('todos')
@Controller('v1/todos')
export class TodosController {
  constructor(private readonly todos: TodosService) {}

  /** Create a todo */
  @Post()
  @ApiIdempotencyKey()
  @ApiCreatedResponse({
    type: TodoDto,
    headers: {
      ...ETAG,
      Location: { description: 'Where the todo is', schema: { type: 'string' } },
      'Idempotency-Replayed': {
        description: 'Where this is the answer to an earlier request with the same Idempotency-Key: true',
        schema: { type: 'string' },
      },
    },
  })
  @ApiProblems(400, 409, 413, 415, 422)
  async create(
    @CurrentUser() { userId }: Identity,
    @Body() body: CreateTodoDto,
    @IdempotencyKeyHeader() key: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TodoDto> {
    const { todo, replayed } = await this.todos.create(userId, body, key);
    void reply.headers({ location: `/v1/todos/${todo.id}`, etag: entityTag(todo.version) });
    if (replayed) void reply.header('idempotency-replayed', 'true');
    return TodoDto.of(todo);
  }

  /** List todos, newest first: descending by id, which follows the time of creation and never changes */
  @Get()
  @ApiProblems(400, 422)
  async list(@CurrentUser() { userId }: Identity, @Query() query: ListTodosQueryDto): Promise<TodoPageDto> {
    const { items, nextCursor } = await this.todos.list(userId, query);
    return { items: items.map((todo) => TodoDto.of(todo)), nextCursor };
  }

  /** Read a todo */
  @Get(':id')
  @ApiHeader({
    name: 'If-None-Match',
    description: 'The ETag of the version that the client has',
    required: false,
    schema: { type: 'string' },
  })
  @ApiOkResponse({ type: TodoDto, headers: ETAG })
  @ApiResponse({ status: HttpStatus.NOT_MODIFIED, description: 'The client has this version', headers: ETAG })
  @ApiProblems(400, 404)
  async get(
    @CurrentUser() { userId }: Identity,
    @Param('id', ParseUUIDPipe) id: string,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TodoDto | undefined> {
    const todo = await this.todos.get(userId, id);
    void reply.header('etag', entityTag(todo.version));
    if (ifNoneMatch === undefined || !isNamedByIfNoneMatch(ifNoneMatch, todo.version))
      return TodoDto.of(todo);
    void reply.status(HttpStatus.NOT_MODIFIED);
    return undefined;
  }

  /** Change the given fields of a todo */
  @Patch(':id')
  @ApiIfMatch()
  @ApiOkResponse({ type: TodoDto, headers: ETAG })
  @ApiProblems(400, 404, 412, 413, 415, 422, 428)
  async update(
    @CurrentUser() { userId }: Identity,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: UpdateTodoDto,
    @IfMatch() versions: AcceptedVersions,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TodoDto> {
    const todo = await this.todos.update(userId, id, body, versions);
    void reply.header('etag', entityTag(todo.version));
    return TodoDto.of(todo);
  }

  /** Delete a todo */
  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiIfMatch()
  @ApiProblems(400, 404, 412, 428)
  async remove(
    @CurrentUser() { userId }: Identity,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() versions: AcceptedVersions,
  ): Promise<void> {
    await this.todos.remove(userId, id, versions);
  }
}
