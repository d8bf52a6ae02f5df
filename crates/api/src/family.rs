//! Families: who belongs to one, how they are related, and who may belong to it by what was typed. Only what the one who asks
//! may know is in a reply; nothing tells how much else there is.

use serde::{Deserialize, Serialize};

use crate::person::MatchReason;

/// The reply to `GET /people/{id}/families`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Families {
    /// The person: their id, or that of the record that has everything now.
    pub person: String,
    /// Their name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The families to which they belong. A child may be in more than one.
    pub families: Vec<Family>,
    /// Whether you may change them.
    pub may_change: bool,
    /// Who may belong to the family by what was typed. A person decides about each; nothing is linked by itself.
    pub proposals: Vec<Proposal>,
}

/// A family, as far as you may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Family {
    /// Its id.
    pub id: String,
    /// Those whom you may know of, the person who was asked about among them.
    pub members: Vec<Member>,
    /// How they are related.
    pub related: Vec<Related>,
}

/// Somebody who belongs to a family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Member {
    /// Their id: of their record where they have one that you may know of, of this family otherwise.
    pub id: String,
    /// Their name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How closely it is kept that they belong to it: `ordinary`, `confidential` or `shielded`.
    pub protection: String,
    /// Whether they are a brother or sister of the person who was asked about.
    pub sibling: bool,
    /// Their record, where there is one that you may know of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<MemberRecord>,
}

/// The record of somebody who belongs to a family. Being in the family opens it to nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberRecord {
    /// Whether you may read what is known of them.
    pub readable: bool,
    /// The ids of those of their episodes that may be opened. Opening one may ask for a reason.
    pub episodes: Vec<String>,
    /// The organisations that hold an episode of theirs, as far as you may know of it: whom to ask.
    pub held_by: Vec<String>,
}

/// That somebody is something to somebody else: `person` is the `relationship` of `to`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Related {
    /// The id of the mother, the neighbour.
    pub person: String,
    /// What they are: a code of the form's list, such as `mother` or `half_sibling`.
    pub relationship: String,
    /// The id of the one to whom.
    pub to: String,
}

/// Somebody who may belong to the family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Proposal {
    /// Their name, as it was typed for the person who was asked about, or as their own record has it.
    pub name: String,
    /// What they are to the person who was asked about.
    pub relationship: String,
    /// Why they may belong to it, for people to judge.
    pub reasons: Vec<MatchReason>,
    /// The id of their record, where they seem to have one here that you may change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// The id of the member who has only a name so far and seems to be the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<String>,
    /// Parents whom both records name.
    #[serde(default)]
    pub shared_parents: Vec<SharedParent>,
}

/// A parent whom two records name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SharedParent {
    /// Their name.
    pub name: String,
    /// What they are to the brother or sister.
    pub relationship: String,
}

/// The body of `POST /people/{id}/families`: what changes, all of it or nothing. `If-Match` says what you saw.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FamilyChange {
    /// Which family. A new one, to which the person in the address belongs, where it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
    /// Who comes to it.
    pub add: Vec<NewFamilyMember>,
    /// How members are related from now on.
    pub relate: Vec<Related>,
    /// How they are not related any more, or never were.
    pub unrelate: Vec<Related>,
    /// The ids of those who do not belong to it any more.
    pub leave: Vec<String>,
    /// Memberships that are kept more closely from now on. Nothing here makes one less protected.
    pub protect: Vec<KeptMember>,
    /// Why somebody leaves or is not related any more. It is kept, and needed for these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Somebody who comes to a family.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewFamilyMember {
    /// Their name, at most 200 characters. Of somebody with a record it is left out: the record has it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The id of their record, where they have one that you may change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// What they are to the person in the address: a code of the form's list.
    pub relationship: String,
    /// `ordinary`, `confidential` or `shielded`; as closely as the person in the address where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protection: Option<String>,
    /// The id of the member who had only a name so far and is the same person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<String>,
    /// Of a brother or sister with a record: parents by name who are theirs too. One who is not in the family yet comes to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shared_parents: Vec<SharedParent>,
}

/// How closely a membership is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptMember {
    /// The id of the member.
    pub member: String,
    /// `confidential` or `shielded`.
    pub protection: String,
}
