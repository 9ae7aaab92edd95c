import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentUser } from '../common/identity/current-user.decorator';
import type { Identity } from '../common/identity/identity';
import { ApiProblems } from '../common/problem/api-problems.decorator';
import { CreateTodoDto } from './dto/create-todo.dto';
import { ListTodosQueryDto } from './dto/list-todos.query.dto';
import { TodoPageDto } from './dto/todo-page.dto';
import { TodoDto } from './dto/todo.dto';
import { UpdateTodoDto } from './dto/update-todo.dto';
import { TodosService } from './todos.service';

@ApiTags('todos')
@Controller('v1/todos')
export class TodosController {
  constructor(private readonly todos: TodosService) {}

  /** Create a todo */
  @Post()
  @ApiProblems(400, 413, 415, 422)
  async create(
    @CurrentUser() { userId }: Identity,
    @Body() body: CreateTodoDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TodoDto> {
    const todo = await this.todos.create(userId, body);
    void reply.header('location', `/v1/todos/${todo.id}`);
    return TodoDto.of(todo);
  }

  /** List todos, newest first */
  @Get()
  @ApiProblems(400, 422)
  async list(@CurrentUser() { userId }: Identity, @Query() query: ListTodosQueryDto): Promise<TodoPageDto> {
    const { items, nextCursor } = await this.todos.list(userId, query);
    return { items: items.map((todo) => TodoDto.of(todo)), nextCursor };
  }

  /** Read a todo */
  @Get(':id')
  @ApiProblems(400, 404)
  async get(@CurrentUser() { userId }: Identity, @Param('id', ParseUUIDPipe) id: string): Promise<TodoDto> {
    return TodoDto.of(await this.todos.get(userId, id));
  }

  /** Change the given fields of a todo */
  @Patch(':id')
  @ApiProblems(400, 404, 413, 415, 422)
  async update(
    @CurrentUser() { userId }: Identity,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: UpdateTodoDto,
  ): Promise<TodoDto> {
    return TodoDto.of(await this.todos.update(userId, id, body));
  }

  /** Delete a todo */
  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiProblems(400, 404)
  async remove(@CurrentUser() { userId }: Identity, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.todos.remove(userId, id);
  }
}
