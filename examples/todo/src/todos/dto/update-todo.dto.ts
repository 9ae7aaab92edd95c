import { PartialType } from '@nestjs/swagger';
import { CreateTodoDto } from './create-todo.dto';

/** The fields to change; those that are absent stay as they are. */
export class UpdateTodoDto extends PartialType(CreateTodoDto, { skipNullProperties: false }) {}
