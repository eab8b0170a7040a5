import { GraphQLDateTime } from 'graphql-scalars';
import { Field, InputType, ObjectType } from 'type-graphql';
import { AccountRole } from './enums.ts';
import { User } from './user.ts';

@ObjectType({ description: "What only an account's owner may know of it." })
export class Account {
  @Field(() => String, { description: 'Email address to sign in with.' })
  email!: string;

  @Field(() => Boolean, { description: 'True once the link that was sent to the address has been followed.' })
  emailConfirmed!: boolean;

  @Field(() => AccountRole, { description: 'What the account may do.' })
  role!: AccountRole;

  @Field(() => GraphQLDateTime, { description: 'Time at which the account was opened.' })
  createdAt!: Date;
}

@ObjectType({ description: 'A role that was given to an account.' })
export class RoleChange {
  @Field(() => User, { nullable: true, description: 'Who got the role.' })
  user!: User | null;

  @Field(() => AccountRole, { description: 'The role.' })
  role!: AccountRole;

  @Field(() => String, { description: 'Who gave it: the user of the operating system who ran the command.' })
  changedBy!: string;

  @Field(() => GraphQLDateTime, { description: 'Time of the change.' })
  changedAt!: Date;
}

@ObjectType({ description: 'A document of what is stored of the viewer.' })
export class ExportedData {
  @Field(() => String, { description: 'Name for the file, such as `ratings.csv`.' })
  fileName!: string;

  @Field(() => String, { description: 'Media type of the content.' })
  mediaType!: string;

  @Field(() => String, { description: 'The content.' })
  content!: string;
}

@InputType({ description: 'What to change of the account; what is left out stays.' })
export class UpdateAccountInput {
  @Field(() => String, {
    nullable: true,
    description: 'Display name, visible to everyone, up to 100 characters.',
  })
  name?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True lets everybody read the ratings and lists; false nobody else.',
  })
  sharesRatings?: boolean | null;
}

@ObjectType({ description: 'A changed account.' })
export class UpdateAccountPayload {
  @Field(() => User, { description: 'The viewer after the change.' })
  user!: User;
}

@InputType({ description: 'The present password and the one that takes its place.' })
export class ChangePasswordInput {
  @Field(() => String, { description: 'The present password.' })
  currentPassword!: string;

  @Field(() => String, { description: 'The new password of 8 to 128 characters, none of the common ones.' })
  newPassword!: string;
}

@InputType({ description: 'A new password, by a link that was sent.' })
export class ResetPasswordInput {
  @Field(() => String, { description: 'What stands behind `#` in the link.' })
  token!: string;

  @Field(() => String, { description: 'The new password of 8 to 128 characters, none of the common ones.' })
  newPassword!: string;
}
