/** Resolvers as classes, of Nest and of type-graphql. */
import { expect, it } from "vitest";
import { annotated, run } from "../program.js";

const SOURCES = `  - { field: user.prompt, route: MUTATION /say, path: body.text }
  - { field: user.id, route: QUERY /found, path: body.filter.id }
`;

const NEST = `import { Injectable, UseGuards } from "@nestjs/common";
import { Args, Context, Field, GqlExecutionContext, Int, Mutation, ObjectType, Parent, Query, ResolveField, Resolver } from "@nestjs/graphql";
@ObjectType() class Post { @Field() title!: string }
@ObjectType() class User { @Field() id!: string; @Field(() => [Post]) posts!: Post[]; email!: string; @Field({ nullable: true }) name!: string }
@Injectable() class Users { load() { return loadUser(); } }
class Guard { canActivate(context: any) { const { text } = GqlExecutionContext.create(context).getArgs(); train(text); return true; } } //! user.prompt
@Resolver(() => User) class UserResolver {
  constructor(private readonly users: Users) {}
  @Query(() => User) me() { return this.users.load(); }
  @Query(() => [User], { name: "found" }) search(@Args("filter") filter: { id: string; other: string }) {
    train(filter.id); //! user.id
    train(filter.other); //! none
    return [];
  }
  @UseGuards(Guard) @Mutation(() => Boolean) say(@Args("text") text: string, @Args({ name: "other", type: () => Int }) other: number, @Context() context: any) {
    train(text); //! user.prompt
    train(other); //! none
    train(context.text); //! none
    return true;
  }
  @ResolveField(() => String) mail(@Parent() user: User) {
    train(user.email); //! user.email
    return user.email;
  }
}
@Resolver("Post") class PostResolver {
  @ResolveField() title(@Parent() post: any) {
    train(post.email); //! none
    return "t";
  }
}`;

it("nest", () => {
  const { found, expected } = annotated(NEST, { sources: SOURCES });
  expect(found).toEqual(expected);
});

it("type-graphql", () => {
  const code = `import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Query, Resolver, Root } from "type-graphql";
@ObjectType() class User { @Field() id!: string; email!: string }
@Resolver(() => User) class UserResolver {
  @Query(() => User) async me() { return loadUser(); }
  @Mutation(() => Boolean) say(@Arg("text") text: string, @Arg("other") other: string) {
    train(text); //! user.prompt
    train(other); //! none
    return true;
  }
  @FieldResolver() mail(@Root() user: User) {
    train(user.email); //! user.email
    return user.email;
  }
}`;
  const { found, expected } = annotated(code, { sources: SOURCES });
  expect(found).toEqual(expected);
});

it("an answer has the fields of its class that are marked", () => {
  const { flows } = run(NEST.replaceAll("train(", "void ("), { sinks: "sinks:\n  - { id: me, purpose: train, route: QUERY /me }\n" });
  expect([...new Set(flows.map((f) => f.field))].sort()).toEqual(["user.email", "user.id", "user.name"]);
  const unresolved = NEST.replaceAll("train(", "void (").replace("return user.email;", 'return "none";');
  const { flows: fewer } = run(unresolved, { sinks: "sinks:\n  - { id: me, purpose: train, route: QUERY /me }\n" });
  expect([...new Set(fewer.map((f) => f.field))].sort()).toEqual(["user.id", "user.name"]);
});
