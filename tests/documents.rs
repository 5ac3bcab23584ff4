//! What documents say is so: links lead somewhere, tools and files are there, commands parse, and shown output is what comes.
mod commands;
mod links;
mod names;
mod pages;
