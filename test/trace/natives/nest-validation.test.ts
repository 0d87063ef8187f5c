/** `ValidationPipe` with `whitelist`: what has no validator does not come through. */
import { expect, it } from "vitest";
import { annotated } from "../program.js";

const SOURCES = `  - { field: user.prompt, route: POST /chat, path: body.message }
  - { field: user.name, route: POST /chat, path: body.author.name }
  - { field: user.email, route: POST /chat, path: body.author.email }
  - { field: user.id, route: POST /chat, path: body.id }
`;

const check = (name: string, code: string): void => {
  it(name, () => {
    const { found, expected } = annotated(
      `import { Body, Controller, Post, UsePipes, ValidationPipe } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { PartialType, PickType, OmitType } from "@nestjs/mapped-types";
import { IsOptional, IsString, ValidateNested, registerDecorator } from "class-validator";
import { Transform, Type } from "class-transformer";
${code}`,
      { sources: SOURCES },
    );
    expect(found).toEqual(expected);
  });
};

check(
  "whitelist, of the application",
  `class Author { @IsString() name!: string; email!: string }
class Dto {
  @IsString() message!: string;
  @ValidateNested() @Type(() => Author) author!: Author;
  id!: string;
}
interface Loose { id: string }
@Controller("chat") class Chat {
  @Post() send(@Body() dto: Dto) {
    train(dto); //! user.name user.prompt
    train(dto.message); //! user.prompt
    train(dto.author.name); //! user.name
    train(dto.author.email); //! none
    train(dto.id); //! none
  }
  @Post() loose(@Body() dto: Loose, @Body("id") id: string) {
    train(dto.id); //! user.id
    train(id); //! user.id
  }
}
async function main() {
  const app = await NestFactory.create(Chat);
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, transform: true }));
}
void main();`,
);

check(
  "without whitelist everything comes through; a pipe at a parameter strips there only",
  `class Dto { @IsString() message!: string; id!: string }
@Controller("chat") @UsePipes(new ValidationPipe({ transform: true })) class Chat {
  @Post() all(@Body() dto: Dto) {
    train(dto.id); //! user.id
  }
  @Post() stripped(@Body(new ValidationPipe({ whitelist: true })) dto: Dto, @Body() whole: Dto) {
    train(dto.id); //! none
    train(dto.message); //! user.prompt
    train(whole.id); //! user.id
  }
}`,
);

check(
  "classes made of classes, inherited validators, the program's own, transforms",
  `const IsId = () => (object: object, name: string) => registerDecorator({ target: object.constructor, propertyName: name, options: {}, validator: {} as any });
class Base { @IsId() id!: string; @IsString() message!: string }
class More extends Base { @IsOptional() author?: unknown }
class Picked extends PickType(Base, ["message"] as const) {}
class Omitted extends OmitType(Base, ["message"] as const) { @Transform(({ value }) => value.name) @IsOptional() author?: unknown }
class Partly extends PartialType(Base) {}
@Controller("chat") @UsePipes(new ValidationPipe({ whitelist: true })) class Chat {
  @Post() more(@Body() dto: More) {
    train(dto); //! user.email user.id user.name user.prompt
  }
  @Post() picked(@Body() dto: Picked) {
    train(dto); //! user.prompt
  }
  @Post() omitted(@Body() dto: Omitted) {
    train(dto.author); //! user.name
    train(dto); //! user.id user.name
  }
  @Post() partly(@Body() dto: Partly) {
    train(dto); //! user.id user.prompt
  }
}`,
);
