import {
  applyDecorators,
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
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotModifiedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiIdempotencyKey, IdempotencyKeyHeader } from '../common/idempotency/idempotency-key.decorator';
import { CurrentUser } from '../common/identity/current-user.decorator';
import type { Identity } from '../common/identity/identity';
import { isNamedByIfNoneMatch, versionHeaders } from '../common/preconditions/entity-tag';
import { responseHeaders } from '../common/http/response-headers';
import { type AcceptedVersions, ApiIfMatch, IfMatch } from '../common/preconditions/if-match.decorator';
import { ApiIfNoneMatch } from '../common/preconditions/if-none-match.decorator';
import { ApiBodyProblems, ApiProblems } from '../common/problem/api-problems.decorator';
import { CreateTodoDto } from './dto/create-todo.dto';
import { ListTodosQueryDto } from './dto/list-todos.query.dto';
import { TodoPageDto } from './dto/todo-page.dto';
import { TodoDto } from './dto/todo.dto';
import { UpdateTodoDto } from './dto/update-todo.dto';
import { TodosService } from './todos.service';

/** Documents the id in the path, with what can be wrong with it. */
function ApiTodoId(): MethodDecorator {
  return applyDecorators(
    ApiParam({ name: 'id', description: 'The id of the todo', schema: { type: 'string', format: 'uuid' } }),
    ApiProblems(404, 414),
  );
}

@ApiTags('todos')
@Controller('v1/todos')
export class TodosController {
  constructor(private readonly todos: TodosService) {}

  /** Create a todo */
  @Post()
  @ApiOperation({ operationId: 'createTodo' })
  @ApiIdempotencyKey()
  @ApiCreatedResponse({
    type: TodoDto,
    description: 'The new todo',
    headers: responseHeaders('ETag', 'Location', 'Idempotency-Replayed'),
  })
  @ApiBodyProblems(409)
  async create(
    @CurrentUser() { userId }: Identity,
    @Body() body: CreateTodoDto,
    @IdempotencyKeyHeader() key: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TodoDto> {
    const { todo, replayed } = await this.todos.create(userId, body, key);
    void reply.headers({ location: `/v1/todos/${todo.id}`, ...versionHeaders(todo.version) });
    if (replayed) void reply.header('idempotency-replayed', 'true');
    return TodoDto.of(todo);
  }

  /** List todos, newest first: descending by id, which follows the time of creation and never changes */
  @Get()
  @ApiOperation({ operationId: 'listTodos' })
  @ApiOkResponse({ type: TodoPageDto, description: 'A page of todos' })
  @ApiProblems(422)
  async list(@CurrentUser() { userId }: Identity, @Query() query: ListTodosQueryDto): Promise<TodoPageDto> {
    const { items, nextCursor } = await this.todos.list(userId, query);
    return { items: items.map((todo) => TodoDto.of(todo)), nextCursor };
  }

  /** Read a todo */
  @Get(':id')
  @ApiOperation({ operationId: 'getTodo' })
  @ApiTodoId()
  @ApiIfNoneMatch()
  @ApiOkResponse({ type: TodoDto, description: 'The todo', headers: responseHeaders('ETag') })
  @ApiNotModifiedResponse({ description: 'The client has this version', headers: responseHeaders('ETag') })
  async get(
    @CurrentUser() { userId }: Identity,
    @Param('id', ParseUUIDPipe) id: string,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TodoDto | undefined> {
    const todo = await this.todos.get(userId, id);
    const isKnown = ifNoneMatch !== undefined && isNamedByIfNoneMatch(ifNoneMatch, todo.version);
    void reply.headers(versionHeaders(todo.version));
    if (!isKnown) return TodoDto.of(todo);
    void reply.status(HttpStatus.NOT_MODIFIED);
    return undefined;
  }

  /** Change the given fields of a todo */
  @Patch(':id')
  @ApiOperation({ operationId: 'updateTodo' })
  @ApiTodoId()
  @ApiIfMatch()
  @ApiOkResponse({ type: TodoDto, description: 'The changed todo', headers: responseHeaders('ETag') })
  @ApiBodyProblems(412, 428)
  async update(
    @CurrentUser() { userId }: Identity,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: UpdateTodoDto,
    @IfMatch() versions: AcceptedVersions,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TodoDto> {
    const todo = await this.todos.update(userId, id, body, versions);
    void reply.headers(versionHeaders(todo.version));
    return TodoDto.of(todo);
  }

  /** Delete a todo */
  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ operationId: 'deleteTodo' })
  @ApiTodoId()
  @ApiIfMatch()
  @ApiNoContentResponse({ description: 'The todo is gone' })
  @ApiProblems(412, 428)
  async remove(
    @CurrentUser() { userId }: Identity,
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() versions: AcceptedVersions,
  ): Promise<void> {
    await this.todos.remove(userId, id, versions);
  }
}
