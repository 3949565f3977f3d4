/// The `load` program, apart from `exit`.
package enum LoadCommand {}
